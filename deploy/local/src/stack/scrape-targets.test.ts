import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeTopology } from '../system/topology.ts'
import { findTargets } from './scrape-targets.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-targets-'))
})
afterEach(() => rm(folder, { recursive: true }))

const running = (registryUrl: string): Promise<void> =>
  writeTopology(folder, {
    startedAt: new Date().toISOString(),
    pid: process.pid,
    gatewayUrl: 'http://127.0.0.1:8080',
    natsUrl: '',
    registryUrl,
    cardProviderUrl: '',
    postgresUrl: '',
    services: [],
  })

it('finds nothing while nothing runs', async () => {
  expect(await findTargets(folder)).toEqual([])
})

it('leaves instances to Consul where there is one', async () => {
  await running('http://127.0.0.1:4750')
  expect(await findTargets(folder)).toEqual([])
})

it('finds every instance of the file registry, and passes over what is none', async () => {
  const registry = join(folder, 'registry')
  await mkdir(join(registry, 'orders'), { recursive: true })
  const instance = { id: 'orders-1', service: 'orders', host: '127.0.0.1', port: 5001, contracts: [] }
  await writeFile(join(registry, 'orders', 'orders-1.json'), JSON.stringify({ instance, isReady: true }))
  await writeFile(join(registry, 'orders', 'half.json'), '{"instance"')
  await writeFile(join(registry, 'orders', 'orders-2.json.0a.draft'), '')
  await running(pathToFileURL(registry).href)
  expect(await findTargets(folder)).toEqual([{ targets: ['127.0.0.1:5001'], labels: { service: 'orders', instance: 'orders-1' } }])
})
