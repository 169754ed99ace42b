import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { configurationFolder } from './configuration-folder.ts'
import { stackPortsFrom } from './stack-ports.ts'
import { writePrometheusConfiguration } from './write-prometheus-configuration.ts'

it('differs from what compose reads in addresses only, and holds none of compose', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-prometheus-'))
  const file = await writePrometheusConfiguration(folder, { ports: stackPortsFrom(28_000), consulUrl: 'http://127.0.0.1:28050' })
  const [here, committed] = await Promise.all([
    readFile(file, 'utf8'),
    readFile(join(configurationFolder, 'prometheus/prometheus.yaml'), 'utf8'),
  ])
  await rm(folder, { recursive: true })

  const changed = here.split('\n').filter((line, index) => line !== committed.split('\n')[index])
  expect(changed.map((line) => line.trim())).toEqual([
    '- server: 127.0.0.1:28050',
    "- targets: ['127.0.0.1:28074']",
    "- targets: ['127.0.0.1:28073']",
    "- targets: ['127.0.0.1:28075']",
    "- targets: ['127.0.0.1:28081']",
  ])
})
