import { setTimeout as pause } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Customer } from '../harness/customer.ts'
import { openShop } from '../harness/open-shop.ts'
import type { PlacedOrder } from '../harness/placed-order.ts'

const shop = await openShop()
const patience = { timeout: 60_000, interval: 50 }

const follow = (customer: Customer, { id }: PlacedOrder, after?: string) =>
  fetch(`${shop.url}/v1/orders/${id}/changes`, {
    headers: { authorization: `Bearer ${customer.session.accessToken}`, ...(after === undefined ? {} : { 'last-event-id': after }) },
  })

interface Change {
  readonly id: string
  readonly status: string
  readonly reason?: string
}

interface Watching {
  /** Everything that was told, in its order. */
  readonly seen: readonly Change[]
  /** How often the stream broke off and was asked for again. */
  readonly resumed: number
  readonly isOver: boolean
}

/** Follows an order to its end: comes back, with the last id it has seen, for as long as it is not told that there is no more. */
function watch(customer: Customer, order: PlacedOrder): Watching {
  const watching = { seen: [] as Change[], resumed: 0, isOver: false }
  const read = async (response: Response): Promise<void> => {
    let rest = ''
    for await (const piece of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const events = (rest + piece).split('\n\n')
      rest = events.pop() ?? ''
      for (const event of events) {
        if (event.startsWith('event: end')) watching.isOver = true
        const [, id = '', data] = /^id: (.*)\ndata: (.*)$/.exec(event) ?? []
        if (data === undefined) continue
        const { status, reason } = JSON.parse(data) as Change
        watching.seen.push({ id, status, ...(reason === undefined ? {} : { reason }) })
      }
    }
  }
  const all = async (): Promise<void> => {
    for (; !watching.isOver; watching.resumed += 1) {
      const response = await follow(customer, order, watching.seen.at(-1)?.id)
      if (response.status === 200) await read(response).catch(() => undefined)
      else await pause(100)
    }
  }
  void all()
  return watching
}

describe('a customer who follows an order', () => {
  it('sees each change once and in order, though its service is killed on the way', async () => {
    const ada = await shop.customer()
    // the provider takes three seconds over these cards
    const orders = [
      await ada.places({ card: 'tok_slow' }),
      await ada.places({ card: 'tok_slow' }),
      await ada.places({ card: 'tok_declined' }),
    ]
    const watched = orders.map((order) => watch(ada, order))
    await expect.poll(() => watched.map(({ seen }) => seen[0]?.status), patience).toEqual(['pending', 'pending', 'pending'])
    await shop.kill('orders')
    await expect.poll(() => watched.map(({ isOver }) => isOver), patience).toEqual([true, true, true])
    const confirmed = [
      { id: '1', status: 'pending' },
      { id: '2', status: 'confirmed' },
    ]
    const rejected = [
      { id: '1', status: 'pending' },
      { id: '2', status: 'rejected', reason: 'card_declined' },
    ]
    expect(watched.map(({ seen }) => seen)).toEqual([confirmed, confirmed, rejected])
    expect(watched.map(({ resumed }) => resumed > 1)).toContain(true)
    await expect(shop).toBalance()
  }, 90_000)

  it('is told what came since, then that there is no more', async () => {
    const ada = await shop.customer()
    const order = await ada.places()
    await expect(order).toEndAs('confirmed')
    const whole = await follow(ada, order)
    expect(whole.headers.get('content-type')).toBe('text/event-stream')
    expect(await whole.text()).toMatch(
      /^retry: \d+\n\nid: 1\ndata: {.*"pending".*}\n\nid: 2\ndata: {.*"confirmed".*}\n\nevent: end\ndata: {}\n\n$/,
    )
    expect(await (await follow(ada, order, '1')).text()).toMatch(/^retry: \d+\n\nid: 2\n/)
    expect((await follow(ada, order, '2')).status).toBe(204)
  })

  it('follows no order of another', async () => {
    const [ada, bob] = [await shop.customer(), await shop.customer('Bob')]
    const order = await ada.places()
    const answer = await follow(bob, order)
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([404, 'order_not_found'])
  })
})
