import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { isFree, stackPortsFrom } from '@deploy/local'
import { needStackProgram, otherPortBase, ownFolder } from '@deploy/local/testing'
import { expect, it } from 'vitest'

const file = resolve(import.meta.dirname, 'run-stack.ts')

it('stops in order, leaving nothing, when its terminal is closed and nobody reads what it says', async (context) => {
  for (const name of ['collector', 'jaeger', 'loki', 'prometheus'] as const) await needStackProgram(context, name)
  const [folder, base] = [await ownFolder(), await otherPortBase(4800)]
  const program = `import { runStack } from '${file}'
process.exitCode = await runStack([], process.env, '${folder}')
console.log('a word to nobody')
`
  await writeFile(join(folder, 'main.ts'), program)
  const child = spawn(process.execPath, [join(folder, 'main.ts')], {
    env: { ...process.env, ASHLAR_PORT_BASE: String(base) },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
  await expect.poll(() => said, { timeout: 50_000 }).toContain('Ctrl-C stops everything')
  child.stdout.destroy()
  child.stderr.destroy()
  child.kill('SIGHUP')
  expect(await once(child, 'exit')).toEqual([0, null])
  const { collector, jaeger, loki, prometheus } = stackPortsFrom(base)
  for (const port of [collector.otlpHttp, jaeger.query, loki.http, prometheus.http]) expect(await isFree(port)).toBe(true)
})
