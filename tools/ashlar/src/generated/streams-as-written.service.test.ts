import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { connectNats, streamsOf, type Bus } from '@ashlar/messaging'
import { askNats, testServers } from '@deploy/local/testing'
import { createLogger } from '@observability/telemetry'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { allContracts } from '../all-contracts.ts'
import { repositoryRoot } from './write-or-check.ts'

interface Channel {
  readonly address: string | null
  readonly 'x-jetstream': { readonly name: string; readonly subjects: readonly string[] }
}

const { natsUrl } = testServers()
const used = (await allContracts()).filter(({ events }) => Object.keys(events).length > 0)
let bus: Bus
beforeAll(async () => {
  bus = await connectNats({ url: natsUrl, name: 'as-written', logger: createLogger({ service: 'test', level: 'silent' }) })
})
afterAll(() => bus.close())

it.each(used)('the streams of $name are as its AsyncAPI document says, to the broker itself', async ({ name }) => {
  const path = join(repositoryRoot, 'contracts', name, 'generated', 'asyncapi.json')
  const { channels } = JSON.parse(await readFile(path, 'utf8')) as { channels: Record<string, Channel> }
  const { events, commands, replies } = streamsOf({ name })
  for (const stream of [events, commands, replies]) await bus.ensureStream(stream)

  for (const { address, 'x-jetstream': written } of Object.values(channels)) {
    // replies go to whoever sent the command: here the service tells itself
    const expected = JSON.parse(JSON.stringify(written).replaceAll('{sender}', name)) as Channel['x-jetstream']
    const [made] = (await askNats(Number(new URL(natsUrl).port), [[`$JS.API.STREAM.INFO.${expected.name}`, '']])) as [{ config: object }]
    expect(made.config).toMatchObject(expected)
    if (address === null) continue
    const [holder] = (await askNats(Number(new URL(natsUrl).port), [['$JS.API.STREAM.NAMES', { subject: address }]])) as [{ streams: string[] }]
    expect(holder.streams).toEqual([expected.name])
  }
})

it('there are contracts with events at all', () => {
  expect(used.map(({ name }) => name)).toContain('orders')
})
