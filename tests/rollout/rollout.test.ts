import { join } from 'node:path'
import type { AnyContract, BoundEvent } from '@ashlar/contract'
import { valuesOf } from '@ashlar/contract-artifacts'
import { readRows } from '@deploy/local'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startShop, type StartedShop } from '../harness/index.ts'
import { repository } from '../harness/shop.ts'
import '../harness/matchers.ts'
import { baseCheckout } from './base-checkout.ts'
import { callsOf, contractsIn, isNotYetKnown } from './calls-of.ts'
import type { Call, Heard, Read, Report } from './conversation.ts'
import { mixedRoot, type MixedRoot } from './mixed-root.ts'
import { ensureNeighbour, sendNeighbour } from './neighbour.ts'

const base = await baseCheckout()
if ('missing' in base) console.warn(`NOT HELD against an earlier commit, for there is none: ${base.missing}`)
else {
  console.warn(`held ${base.note}`)
  afterAll(() => base[Symbol.asyncDispose]())
}
const baseRoot = 'missing' in base ? '' : base.root
const contracts = { base: [] as AnyContract[], this: await contractsIn(repository) }

// who talks to whom across the two commits: orders asks, commands and is heard by those of the other one, and so does users
const customersSide = new Set(['orders', 'users'])
const halves = [
  { title: 'orders and users of the commit before among services of this one', isOfBase: (name: string) => customersSide.has(name) },
  { title: 'orders and users of this commit among services of the one before', isOfBase: (name: string) => !customersSide.has(name) },
]

type Clients = 'this' | 'the other'
const sides: { clients: Clients }[] = [{ clients: 'this' }, { clients: 'the other' }]

interface Visit {
  readonly calls: readonly Call[]
  readonly messages: readonly string[]
  readonly report: Report
}

describe.skipIf('missing' in base).each(halves)('$title', ({ isOfBase }) => {
  const opened = new AsyncDisposableStack()
  let mixed: MixedRoot
  let shop: StartedShop
  beforeAll(async () => {
    await ensureNeighbour(baseRoot)
    contracts.base = await contractsIn(baseRoot)
    mixed = opened.use(await mixedRoot(baseRoot, isOfBase))
    shop = opened.use(await startShop({ root: mixed.root }))
  })
  afterAll(() => opened.disposeAsync())

  it('keep orders, refuse and cancel them, and tell customers, all of them together', async () => {
    const ada = await shop.customer('Ada')
    const [kept, refused, slow] = await Promise.all([ada.places(), ada.places({ card: 'tok_declined' }), ada.places({ card: 'tok_slow' })])
    await slow.cancels()
    await expect(kept).toEndAs('confirmed')
    await expect(refused).toEndAs('rejected', { reason: 'card_declined' })
    await expect(slow).toEndAs('cancelled')
    const told = async () => (await ada.asks<{ items: unknown[] }>({ path: '/v1/notifications' })).body.items.length
    await expect.poll(told, { timeout: 20_000 }).toBe(3)
    await expect(shop).toBalance()
  })

  it.each(sides)('answer every operation to clients of $clients commit as those know it', async ({ clients }) => {
    const { calls, report } = await visit(clients)
    expect(calls.length).toBeGreaterThan(20)
    expect(calls.flatMap((call, at) => faultsOf(call, report.calls[at]))).toEqual([])
  })

  it.each(sides)('announce nothing that readers of $clients commit cannot read', async ({ clients }) => {
    const { messages, report } = await visit(clients)
    expect(messages.length).toBeGreaterThan(0)
    expect(messages.flatMap((message, at) => messageFaults(message, report.messages[at]))).toEqual([])
  })

  const visits = new Map<Clients, Promise<Visit>>()
  /** Has the other commit's client call what is kept by the one and read what it announced, once. */
  function visit(clients: Clients): Promise<Visit> {
    const visiting = visits.get(clients) ?? send(clients)
    visits.set(clients, visiting)
    return visiting
  }

  async function send(clients: Clients): Promise<Visit> {
    const keepers = clients === 'the other' ? mixed.ofThis : mixed.ofBase
    // what both can say: whoever sends more than the commit before takes must wait until that one is gone
    const calls = contracts.base.filter(({ name }) => keepers.includes(name)).flatMap(callsOf)
    const messages = await eventsOf(keepers)
    const report = await sendNeighbour(clients === 'the other' ? baseRoot : repository, {
      registryUrl: shop.system.topology.registryUrl,
      keysFolder: join(shop.system.folder, 'keys'),
      calls,
      messages,
    })
    return { calls, messages, report }
  }

  async function eventsOf(processes: readonly string[]): Promise<string[]> {
    const services = processes.filter((name) => name !== 'gateway')
    const rows = services.map(async (service) => {
      const url = await shop.databaseUrl(service)
      return readRows<{ payload: string }>(url, `select payload from platform.outbox where subject ~ '^[a-z0-9]+[.][^.]+[.]v[0-9]+$'`)
    })
    return (await Promise.all(rows)).flat().map(({ payload }) => payload)
  }
})

const known = (events: readonly AnyContract[]): BoundEvent[] => events.flatMap((contract) => Object.values<BoundEvent>(contract.events))

/** What is wrong with how a call went. */
function faultsOf({ contract, operation, input }: Call, heard: Heard | undefined): string[] {
  const promise = contracts.base.find(({ id }) => id === contract)?.operations[operation]
  const told = (what: string): string => `${contract}/${operation} with ${JSON.stringify(input)}: ${what}`
  if (heard?.kind !== 'answer' || promise === undefined) return [told(JSON.stringify(heard))]
  const schema = heard.code === 'ok' ? promise.output : promise.errors[heard.code]?.data
  const excused = heard.complaints.filter((one) => schema !== undefined && isNotYetKnown(one, valuesOf(schema, 'output', operation)))
  return heard.complaints.filter((one) => !excused.includes(one)).map(({ path, said }) => told(`${heard.code} ${path.join('.')}: ${said}`))
}

/** What is wrong with how a message was read. */
function messageFaults(message: string, read: Read | undefined): string[] {
  const { type } = JSON.parse(message) as { type: string }
  const isNew = !known(contracts.base).some((event) => event.type === type)
  if (read?.kind === 'unknown' && isNew) return []
  if (read?.kind !== 'read') return [`${type} is not known any more`]
  return read.complaints.map(({ path, said }) => `${type} ${path.join('.')}: ${said}`)
}
