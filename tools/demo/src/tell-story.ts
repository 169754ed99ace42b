import { setTimeout as pause } from 'node:timers/promises'
import { ask, type PlacedOrder, type Shop } from '@tests/shop'
import { inWords, type HistoryStep } from './step-in-words.ts'
import type { Story } from './stories.ts'

interface History {
  readonly steps: readonly HistoryStep[]
}

/** Plays a story at the shop and prints each step of its checkout as soon as it is over, then how to open its trace. Says whether it ended as it should. */
export async function tellStory(shop: Shop, story: Story, print: (line: string) => void): Promise<boolean> {
  const customer = await shop.customer(story.who)
  const { body } = await ask(shop.url, { path: `/v1/products?search=${encodeURIComponent(story.sku)}` })
  const [product] = (body as { items: readonly { name: string }[] }).items
  print(`  ${story.who} buys ${story.quantity} × ${product?.name ?? story.sku}, pays with ${story.card}`)

  const placedAt = performance.now()
  const order = await customer.places(story)
  const steps = await follow(order, (step) => print(`     ${inWords(step)}`))
  const { status, reason } = await order.ended()
  const tookMs = Math.round(performance.now() - placedAt)
  print(`     → ${status}${reason === undefined ? '' : ` (${reason})`} in ${tookMs} ms`)
  const [first] = steps
  print(first === undefined ? '' : `     npm run ashlar -- trace ${first.traceId}\n`)

  const wentWell = status === story.endsAs && reason === story.reason
  if (!wentWell)
    print(`     ✗ it should have ended ${story.endsAs}${story.reason === undefined ? '' : ` (${story.reason})`}; order ${order.id}\n`)
  return wentWell
}

async function follow(order: PlacedOrder, told: (step: HistoryStep) => void): Promise<readonly HistoryStep[]> {
  let shown = 0
  const ending = order.ended().then(() => true)
  for (;;) {
    const isOver = await Promise.race([ending, pause(30, false)])
    const { steps } = (await order.history()) as History
    const finished = steps.findIndex(({ status }) => status === 'pending')
    for (const step of steps.slice(shown, finished === -1 ? steps.length : finished)) {
      told(step)
      shown += 1
    }
    if (isOver) return steps
  }
}
