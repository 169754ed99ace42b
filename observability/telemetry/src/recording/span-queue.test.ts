import { expect, it } from 'vitest'
import { newTrace } from '../trace-context.ts'
import type { EndedSpan } from './ended-span.ts'
import { openSpanQueue } from './span-queue.ts'

const span = (name: string): EndedSpan => ({
  name,
  kind: 'internal',
  trace: newTrace(),
  parent: undefined,
  startedAtMs: 0,
  endedAtMs: 1,
  attributes: {},
  links: [],
  events: [],
  hasFailed: false,
})

/** A queue of at most four spans, which sends two at a time and never of itself. */
function openQueue(answer: (request: string) => Promise<boolean>) {
  const requests: string[] = []
  const dropped: unknown[] = []
  const queue = openSpanQueue({
    batch: { maxQueueSize: 4, maxExportBatchSize: 2, scheduledDelayMillis: 60_000 },
    head: new Uint8Array(),
    send(request) {
      requests.push(Buffer.from(request).toString('latin1'))
      return answer(requests.at(-1) ?? '')
    },
    dropped: (...why) => dropped.push(why),
  })
  return { queue, requests, dropped }
}

it.each([0, 1, 2, 3, 4, 5])('has sent what was taken before it says so, %i turns after an answer', async (turns) => {
  const answered = Promise.withResolvers<boolean>()
  const { queue, requests } = openQueue(() => answered.promise)
  queue.take(span('first'))
  const before = queue.flush()
  answered.resolve(true)
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve()
  queue.take(span('second'))
  await queue.flush()
  await before
  expect(requests).toEqual([expect.stringContaining('first'), expect.stringContaining('second')])
})

it('sends full batches one after another, and counts those nobody took', async () => {
  const { queue, requests, dropped } = openQueue((request) => Promise.resolve(!request.includes('cups')))
  for (const name of ['pots', 'lids', 'cups', 'jugs']) queue.take(span(name))
  await queue.flush()
  expect(requests).toHaveLength(2)
  expect(dropped).toEqual([['export_failed', 2]])
})

it('drops and counts what it has no room for', async () => {
  const answered = Promise.withResolvers<boolean>()
  const { queue, requests, dropped } = openQueue(() => answered.promise)
  // two are on their way, four wait
  for (const name of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) queue.take(span(name))
  answered.resolve(true)
  await queue.flush()
  expect(dropped).toEqual([['queue_full', 1]])
  expect(requests).toHaveLength(3)
})
