import { failed, tracked, type AnyAnswer, type Tracked } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { answerByStream, StretchInvalidError } from './answer-by-stream.ts'
import type { StreamedHandler, Stretch } from './handlers.ts'
import type { Hosted } from './hosted.ts'
import { streamed } from './streamed.ts'
import { diary } from './testing/diary.ts'
import { silent } from './testing/silent.ts'
import { customer } from './testing/town.ts'
import { WorkInHand } from './work-in-hand.ts'

type Read = (after: number) => Stretch<{ words: string }> | ReturnType<typeof failed<'never_written'>>

/** Opens a diary whose every look is given by a function; `closed` says whether its reader was let go. */
function open(read: Read, { lastEventId, signal = new AbortController().signal }: { lastEventId?: string; signal?: AbortSignal } = {}) {
  const told = { closed: 0, waits: 0 }
  const reader = {
    wait: async () => void (told.waits += 1),
    wake: () => undefined,
    close: () => void (told.closed += 1),
  }
  const hosted = { definition: { needs: {} }, wakes: { reader: () => reader }, work: new WorkInHand(), logger: silent } as unknown as Hosted
  const handler = streamed(diary.readOn, () => ({ topic: () => 'ada', read: (_input, { after }) => Promise.resolve(read(after)) }))
  const invoke = answerByStream(hosted, handler as unknown as StreamedHandler, (_operation, work) => work)
  const answering = invoke({}, { principal: customer('ada'), idempotencyKey: undefined, signal, lastEventId })
  return { told, answering, items: async () => itemsOf(await answering) }
}

async function itemsOf(answer: AnyAnswer): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of (answer.ok ? answer.value : []) as AsyncIterable<Tracked>) ids.push(id)
  return ids
}

const entries = (...positions: number[]) => positions.map((position) => tracked(position, { words: `day ${position}` }))

describe('a stream of what is kept', () => {
  it('reads on at once where a piece was full, and waits where it was not', async () => {
    const last = 230
    const { items, told } = open((after) => {
      const next = Array.from({ length: Math.min(100, last - after) }, (_, at) => after + at + 1)
      return { items: entries(...next), isOver: told.waits === 2 }
    })
    expect(await items()).toHaveLength(last)
    expect(told).toEqual({ closed: 1, waits: 2 })
  })

  it.each([
    ['comes twice', [1, 2, 2]],
    ['goes back', [3, 2]],
    ['was seen', [0]],
    ['is no whole number', [1.5]],
  ])('fails rather than to tell an item whose position %s', async (_how, positions) => {
    await expect(open(() => ({ items: entries(...positions), isOver: true })).items()).rejects.toThrow(StretchInvalidError)
  })

  it('fails where what was followed is gone', async () => {
    const { items } = open((after) => (after === 0 ? { items: entries(1), isOver: false } : failed('never_written')))
    await expect(items()).rejects.toThrow('what was being followed is gone: never_written')
  })

  it('is refused, and lets its reader go, where the first look says so', async () => {
    const { answering, told } = open(() => failed('never_written'))
    expect(await answering).toMatchObject({ ok: false, code: 'never_written' })
    expect(told.closed).toBe(1)
  })

  it('lets its reader go where the first look fails', async () => {
    const { answering, told } = open(() => {
      throw new TypeError('no such table')
    })
    await expect(answering).rejects.toThrow('no such table')
    expect(told.closed).toBe(1)
  })

  it('ends, and lets its reader go, when nobody follows any more', async () => {
    const leaving = new AbortController()
    const { items, told } = open(
      (after) => {
        if (after === 2) leaving.abort()
        return { items: after < 2 ? entries(after + 1) : [], isOver: false }
      },
      { signal: leaving.signal },
    )
    expect(await items()).toEqual(['1', '2'])
    expect(told.closed).toBeGreaterThan(0)
  })

  it.each(['-1', '1.5', 'first', ' 1', '9'.repeat(16)])('takes %j for no place', async (lastEventId) => {
    const { answering } = open(() => ({ items: [], isOver: true }), { lastEventId })
    await expect(answering).rejects.toMatchObject({ reason: 'invalid_input', issues: [{ path: ['lastEventId'] }] })
  })
})
