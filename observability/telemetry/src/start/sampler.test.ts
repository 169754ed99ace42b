import { describe, expect, it } from 'vitest'
import { newTraceId } from '../random-ids.ts'
import { newTrace, unsampled, type TraceContext } from '../trace-context.ts'
import { wantsOf } from './sampler.ts'
import type { SamplerSettings } from './settings.ts'

function records(settings: SamplerSettings, traceId: string, parent?: TraceContext): boolean {
  return wantsOf(settings)(traceId, parent)
}

const wanted = newTrace()
const unwanted = unsampled(newTrace())

describe('a sampler that follows callers', () => {
  it.each([0, 1])('records what the caller records, at a ratio of %d', (ratio) => {
    expect(records({ followsParent: true, ratio }, wanted.traceId, wanted)).toBe(true)
    expect(records({ followsParent: true, ratio }, unwanted.traceId, unwanted)).toBe(false)
  })

  it('goes by the ratio where a trace begins', () => {
    expect(records({ followsParent: true, ratio: 0 }, newTraceId())).toBe(false)
    expect(records({ followsParent: true, ratio: 1 }, newTraceId())).toBe(true)
  })
})

it('goes by the ratio alone when told to', () => {
  expect(records({ followsParent: false, ratio: 0 }, wanted.traceId, wanted)).toBe(false)
  expect(records({ followsParent: false, ratio: 1 }, unwanted.traceId, unwanted)).toBe(true)
})

it('records about the share of traces it was told, the same ones everywhere', () => {
  const ids = Array.from({ length: 2000 }, newTraceId)
  const recorded = ids.filter((id) => records({ followsParent: true, ratio: 0.25 }, id))
  expect(recorded.length).toBeGreaterThan(380)
  expect(recorded.length).toBeLessThan(620)
  expect(ids.filter((id) => records({ followsParent: false, ratio: 0.25 }, id))).toEqual(recorded)
})
