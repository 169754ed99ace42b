import { execFile } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { needStackProgram } from '../testing/need-stack-program.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { configurationFolder } from './configuration-folder.ts'
import { collectorEnvironment, jaegerEnvironment, lokiEnvironment } from './server-environments.ts'
import type { StackProgram } from './stack-programs.ts'
import { stackPortsFrom, type StackPorts } from './stack-ports.ts'
import { writePrometheusConfiguration } from './write-prometheus-configuration.ts'

const run = promisify(execFile)
const ports = stackPortsFrom(28_000)

interface Verdict {
  readonly accepted: boolean
  readonly said: string
}

/** Asks a program whether it takes a configuration, told nothing but the variables given. */
async function ask(file: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Verdict> {
  try {
    const { stdout, stderr } = await run(file, args, { env: { PATH: process.env['PATH'], ...env }, timeout: 50_000 })
    return { accepted: true, said: stdout + stderr }
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return { accepted: false, said: stdout + stderr }
  }
}

interface Configuration {
  readonly reader: StackProgram
  readonly file: string
  readonly args: (file: string) => readonly string[]
  readonly environment: (ports: StackPorts, folder: string) => Readonly<Record<string, string>>
  /** A part of it, and what to put in its place for a configuration that must be refused. */
  readonly damage: readonly [string, string]
}

const validate = (file: string): readonly string[] => ['validate', `--config=${file}`]

describe.each<Configuration>([
  {
    reader: 'collector',
    file: 'collector/collector.yaml',
    args: validate,
    environment: collectorEnvironment,
    damage: ['exporters: [otlp_http/loki]', 'exporters: [otlp_http/nobody]'],
  },
  {
    reader: 'jaeger',
    file: 'jaeger/jaeger.yaml',
    args: validate,
    environment: jaegerEnvironment,
    damage: ['exporters: [jaeger_storage_exporter]', 'exporters: [nobody]'],
  },
  {
    reader: 'loki',
    file: 'loki/loki.yaml',
    args: (file) => [`-config.file=${file}`, '-config.expand-env=true', '-verify-config'],
    environment: lokiEnvironment,
    damage: ['retention_enabled: true', 'retention_enabled: perhaps'],
  },
  {
    reader: 'promtool',
    file: 'prometheus/prometheus.yaml',
    args: (file) => ['check', 'config', file],
    environment: () => ({}),
    damage: ['scrape_interval: 5s', 'scrape_interval: often'],
  },
])('$file', ({ reader, file, args, environment, damage }) => {
  const committed = join(configurationFolder, file)

  it('is accepted as compose reads it, without variables', async (context) => {
    const program = await needStackProgram(context, reader)
    const verdict = await ask(program.file, args(committed))
    expect(verdict).toMatchObject({ accepted: true })
  })

  it('is accepted as this machine reads it', async (context) => {
    const program = await needStackProgram(context, reader)
    const folder = await ownFolder()
    const read =
      reader === 'promtool' ? await writePrometheusConfiguration(folder, { ports, consulUrl: 'http://127.0.0.1:28050' }) : committed
    const verdict = await ask(program.file, args(read), environment(ports, folder))
    expect(verdict).toMatchObject({ accepted: true })
  })

  it('is refused when damaged, so that being accepted means something', async (context) => {
    const program = await needStackProgram(context, reader)
    const [part, other] = damage
    const text = await readFile(committed, 'utf8')
    expect(text).toContain(part)
    const folder = await ownFolder()
    await mkdir(join(folder, 'damaged'))
    await writeFile(join(folder, 'damaged', 'it.yaml'), text.replace(part, other))
    expect((await ask(program.file, args(join(folder, 'damaged', 'it.yaml')))).accepted).toBe(false)
  })
})

describe('prometheus/rules', () => {
  it('raise their alerts when they should, and not before', async (context) => {
    const { file } = await needStackProgram(context, 'promtool')
    expect(await ask(file, ['test', 'rules', join(configurationFolder, 'prometheus/tests/shop.yaml')])).toMatchObject({ accepted: true })
  })

  it.for(['> 0.02', '> 0.5', 'up{job="services"} == 0', 'status="needs_attention"', '> 300', '> 30\n', 'dead_letters_total[10m]'])(
    'are tested: without "%s" the tests fail',
    async (part, context) => {
      const { file } = await needStackProgram(context, 'promtool')
      const folder = await ownFolder()
      await cp(join(configurationFolder, 'prometheus'), folder, { recursive: true })
      const rules = join(folder, 'rules', 'shop.yaml')
      const text = await readFile(rules, 'utf8')
      expect(text).toContain(part)
      await writeFile(
        rules,
        text.replace(
          part,
          part.replace(/\d+(\.\d+)?|"[a-z_]+"/, (value) => (value.startsWith('"') ? '"x"' : '10000')),
        ),
      )
      expect(await ask(file, ['test', 'rules', join(folder, 'tests', 'shop.yaml')])).toMatchObject({ accepted: false })
    },
  )
})
