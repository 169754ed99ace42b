import { describe, expect, it } from 'vitest'
import { checkoutOf } from '../testing/checkout-cases.ts'
import { ok, refusedWith, SagaStory } from '../testing/saga-story.ts'

describe('a saga that goes well', () => {
  it('sends each step when the one before it is done, keeps answers, and completes once', () => {
    const story = new SagaStory()
    for (let step = 0; step < 4; step += 1) story.answers(ok)
    expect(story.sent).toEqual(['do reserve-stock', 'do charge', 'do ship', 'do commit-stock'])
    expect(story.saga).toMatchObject({ status: 'completed', state: { receipts: ['r', 'r', 'r'] } })
    expect(story.endings).toEqual(['completed'])
    expect(story.last.wakeAfterMs).toBeUndefined()
  })

  it('ignores a second answer to a step it has left, and says so in the log', () => {
    const story = new SagaStory()
    const first = story.keys[0] ?? ''
    story.answers(ok)
    const decision = story.happens({ kind: 'replied', stepKey: first, outcome: refusedWith('out_of_stock') })
    expect(decision).toMatchObject({ keepsTimer: true, log: [{ kind: 'late', step: 'reserve stock', code: 'out_of_stock' }] })
    expect(story.sent).toEqual(['do reserve-stock', 'do charge'])
  })
})

describe('a refusal before or at the pivot', () => {
  it('takes back what was done, last first, and ends with the reason the definition gives', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(refusedWith('card_declined'))
    story.answers(ok)
    expect(story.sent).toEqual(['do reserve-stock', 'do charge', 'undo reserve-stock'])
    expect(story.saga).toMatchObject({ status: 'compensated', turnedBecause: 'card' })
    expect(story.endings).toEqual(['compensated'])
  })

  it('ends at once when nothing was done', () => {
    const story = new SagaStory()
    story.answers(refusedWith('out_of_stock'))
    expect(story.saga).toMatchObject({ status: 'compensated', turnedBecause: 'out_of_stock' })
    expect(story.sent).toEqual(['do reserve-stock'])
  })

  it('takes back the refused step too when another copy of its command may still be on the way', () => {
    const story = new SagaStory()
    story.staysSilent()
    story.answers(refusedWith('out_of_stock'))
    expect(story.sent).toEqual(['do reserve-stock', 'do reserve-stock', 'undo reserve-stock'])
  })

  it('takes everything back when the pivot is refused', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(ok)
    story.answers(refusedWith('address_not_served'))
    story.answers(ok)
    story.answers(ok)
    expect(story.sent.slice(3)).toEqual(['undo charge', 'undo reserve-stock'])
    expect(story.saga).toMatchObject({ status: 'compensated', turnedBecause: 'address_not_served' })
  })
})

describe('silence', () => {
  it('is asked again under the same key, waiting longer each time', () => {
    const story = new SagaStory()
    expect(story.last.wakeAfterMs).toBe(1_000)
    story.staysSilent()
    expect(story.last.wakeAfterMs).toBe(2_000)
    expect(new Set(story.keys)).toEqual(new Set(['saga-1/reserve-stock/do/1']))
  })

  it('of a step before the pivot takes back that step too, since it may have happened', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.staysSilent(2)
    story.answers(ok)
    story.answers(ok)
    expect(story.sent).toEqual(['do reserve-stock', 'do charge', 'do charge', 'undo charge', 'undo reserve-stock'])
    expect(story.saga).toMatchObject({ status: 'compensated', turnedBecause: 'no_answer' })
  })

  it('of the pivot is never taken back: it needs attention, and a late answer carries it on', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(ok)
    story.staysSilent(3)
    expect(story.saga).toMatchObject({ status: 'needs_attention', stuck: { reason: 'ship was not answered after 3 attempts' } })
    expect(story.endings).toEqual(['stuck'])
    expect(story.last.wakeAfterMs).toBeUndefined()
    story.answers(ok)
    expect(story.saga.status).toBe('running')
    expect(story.sent.at(-1)).toBe('do commit-stock')
    expect(story.sent.some((sent) => sent.startsWith('undo'))).toBe(false)
  })

  it('of what is asked for once only is counted as one attempt', () => {
    const { steps, ...checkout } = checkoutOf()
    const story = new SagaStory({ ...checkout, steps: steps.map((step) => ({ ...step, policy: { ...step.policy, attempts: 1 } })) })
    story.answers(ok)
    story.answers(ok)
    story.staysSilent(1)
    expect(story.saga.stuck?.reason).toBe('ship was not answered after 1 attempt')
  })

  it('of the pivot is asked again under the same key when an operator resumes', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(ok)
    story.staysSilent(3)
    story.happens({ kind: 'resume' })
    expect(story.keys.at(-1)).toBe('saga-1/ship/do/1')
    expect(story.saga).toMatchObject({ status: 'running', stuck: undefined, attempt: 4 })
    story.staysSilent(3)
    expect(story.saga.status).toBe('needs_attention')
    expect(story.endings).toEqual(['stuck', 'stuck'])
  })

  it('of the pivot ends in compensation when a late answer refuses it', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(ok)
    story.staysSilent(3)
    story.answers(refusedWith('address_not_served'))
    expect(story.saga.status).toBe('compensating')
    expect(story.sent.at(-1)).toBe('undo charge')
  })
})

describe('after the pivot', () => {
  const shipped = (): SagaStory => {
    const story = new SagaStory()
    for (let step = 0; step < 3; step += 1) story.answers(ok)
    return story
  }

  it('a refused step needs attention, and resuming tries it under a new key', () => {
    const story = shipped()
    story.answers(refusedWith('stock_gone'))
    expect(story.saga).toMatchObject({ status: 'needs_attention', stuck: { reason: 'commit stock was refused: stock_gone' } })
    story.happens({ kind: 'resume' })
    expect(story.keys.at(-1)).toBe('saga-1/commit-stock/do/2')
    story.answers(ok)
    expect(story.saga.status).toBe('completed')
  })

  it('a success of an earlier generation counts: the deed is done', () => {
    const story = shipped()
    const first = story.keys.at(-1) ?? ''
    story.staysSilent()
    story.answers(refusedWith('stock_gone'))
    story.happens({ kind: 'resume' })
    story.happens({ kind: 'replied', stepKey: first, outcome: ok })
    expect(story.saga.status).toBe('completed')
  })

  it('a late refusal tells why an unanswered step is stuck, and the service is not told twice', () => {
    const story = shipped()
    story.staysSilent(2)
    story.answers(refusedWith('stock_gone'))
    expect(story.saga.stuck).toEqual({ because: 'refused', reason: 'commit stock was refused: stock_gone' })
    expect(story.endings).toEqual(['stuck'])
  })

  it('cannot be aborted', () => {
    const story = shipped()
    const before = story.saga
    expect(story.happens({ kind: 'abort', reason: 'changed_mind' })).toMatchObject({ next: before, log: [] })
  })
})

describe('an abort', () => {
  it('waits for the step in hand, then takes everything back with its own reason', () => {
    const story = new SagaStory()
    story.answers(ok)
    expect(story.happens({ kind: 'abort', reason: 'changed_mind' })).toMatchObject({ keepsTimer: true })
    expect(story.sent).toEqual(['do reserve-stock', 'do charge'])
    story.answers(ok)
    story.answers(ok)
    story.answers(ok)
    expect(story.sent.slice(2)).toEqual(['undo charge', 'undo reserve-stock'])
    expect(story.saga).toMatchObject({ status: 'compensated', turnedBecause: 'changed_mind' })
  })

  it('keeps its reason when the step in hand is refused or never answered', () => {
    for (const end of ['refused', 'silent'] as const) {
      const story = new SagaStory()
      story.happens({ kind: 'abort', reason: 'changed_mind' })
      if (end === 'refused') story.answers(refusedWith('out_of_stock'))
      else story.staysSilent(2)
      expect(story.saga.turnedBecause).toBe('changed_mind')
    }
  })
})

describe('an undo that does not succeed', () => {
  const declined = (): SagaStory => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(refusedWith('card_declined'))
    return story
  }

  it('refused, needs attention and is tried under a new key when resumed; the reason to turn round is kept', () => {
    const story = declined()
    story.answers(refusedWith('not_releasable'))
    expect(story.saga).toMatchObject({ status: 'needs_attention', stuck: { reason: 'undo of reserve stock was refused: not_releasable' } })
    story.happens({ kind: 'resume' })
    expect(story.keys.at(-1)).toBe('saga-1/reserve-stock/undo/2')
    story.answers(ok)
    expect(story.saga).toMatchObject({ status: 'compensated', turnedBecause: 'card' })
    expect(story.endings).toEqual(['stuck', 'compensated'])
  })

  it('unanswered, needs attention, and a late success carries it on', () => {
    const story = declined()
    story.staysSilent(2)
    expect(story.saga.status).toBe('needs_attention')
    story.answers(ok)
    expect(story.saga.status).toBe('compensated')
  })
})

it('stops for attention when its own next step cannot be made', () => {
  const story = new SagaStory()
  story.happens({ kind: 'broken', reason: 'cannot go on: TypeError' })
  expect(story.saga).toMatchObject({ status: 'needs_attention', stuck: { because: 'unanswered' } })
  expect(story.endings).toEqual(['stuck'])
})
