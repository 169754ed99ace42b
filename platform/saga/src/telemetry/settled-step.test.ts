import { describe, expect, it } from 'vitest'
import { ok, refusedWith, SagaStory } from '../testing/saga-story.ts'
import { settledStep } from './settled-step.ts'

describe('a step', () => {
  const settledBy = (story: SagaStory) => settledStep(story.last)

  it('is not over while it is sent, for the first time or again', () => {
    const story = new SagaStory()
    expect(settledBy(story)).toBeUndefined()
    story.staysSilent()
    expect(settledBy(story)).toBeUndefined()
  })

  it('is done when its answer has come', () => {
    const story = new SagaStory()
    story.answers(ok)
    expect(settledBy(story)).toEqual({ step: 'reserve stock', direction: 'do', outcome: 'done', error: undefined })
  })

  it('that was refused names the declared error', () => {
    const story = new SagaStory()
    story.answers(ok)
    story.answers(refusedWith('card_declined'))
    expect(settledBy(story)).toEqual({ step: 'charge', direction: 'do', outcome: 'refused', error: 'card_declined' })
    story.answers(ok)
    expect(settledBy(story)).toEqual({ step: 'reserve stock', direction: 'undo', outcome: 'done', error: undefined })
  })

  it('that nobody answers is over when the saga turns round, or waits for a person', () => {
    const early = new SagaStory()
    early.staysSilent(2)
    expect(settledBy(early)).toEqual({ step: 'reserve stock', direction: 'do', outcome: 'unanswered', error: 'no_answer' })
    early.staysSilent(2)
    expect(settledBy(early)).toEqual({ step: 'reserve stock', direction: 'undo', outcome: 'unanswered', error: 'no_answer' })
  })

  it('that cannot be sent at all needs attention', () => {
    const story = new SagaStory()
    story.happens({ kind: 'broken', reason: 'its own code throws' })
    expect(settledBy(story)).toEqual({ step: 'reserve stock', direction: 'do', outcome: 'needs_attention', error: 'needs_attention' })
  })

  it('is not over again when a copy of its answer comes late, or an abort is asked for', () => {
    const story = new SagaStory()
    const key = story.keys.at(-1) ?? ''
    story.answers(ok)
    story.happens({ kind: 'replied', stepKey: key, outcome: ok })
    expect(settledBy(story)).toBeUndefined()
    story.happens({ kind: 'abort', reason: 'changed my mind' })
    expect(settledBy(story)).toBeUndefined()
  })
})
