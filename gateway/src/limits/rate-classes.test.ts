import { describe, expect, it } from 'vitest'
import { cups, teas } from '../testing/tea-house.ts'
import { defaultRateClasses, limitOf, rateClassOf, rateLimitsVariable } from './rate-classes.ts'

const { getTea, brewTea, addTea, reviewTea } = teas.operations

describe('an operation’s rate class', () => {
  it('follows from its kind and access unless its contract says another', () => {
    expect(rateClassOf(getTea)).toBe('open-read')
    expect(rateClassOf(cups.operations.findMyCup)).toBe('customer-read')
    expect(rateClassOf(brewTea)).toBe('customer-write')
    expect(rateClassOf(addTea)).toBe('customer-write')
    expect(rateClassOf(reviewTea)).toBe('reviews')
  })

  it('has its configured limit', () => {
    const classes = { ...defaultRateClasses, reviews: { limit: 3, windowSeconds: 10 } }
    expect(limitOf(reviewTea, classes)).toEqual({ limit: 3, windowSeconds: 10 })
  })

  it('falls back to the limit of its kind where nobody configured it', () => {
    expect(limitOf(reviewTea, defaultRateClasses)).toEqual({ limit: 100, windowSeconds: 900 })
    expect(limitOf(getTea, {})).toEqual(defaultRateClasses['open-write'])
  })
})

describe('GATEWAY_RATE_LIMITS', () => {
  it('names limits by class', () => {
    expect(rateLimitsVariable.parse('{"reviews":{"limit":3,"windowSeconds":10}}')).toEqual({ reviews: { limit: 3, windowSeconds: 10 } })
    expect(rateLimitsVariable.parse(undefined)).toEqual({})
  })

  it.each(['{"reviews":', '{"reviews":{"limit":0,"windowSeconds":10}}', '{"reviews":{"limit":3}}', '[]'])('is refused as %s', (text) => {
    expect(rateLimitsVariable.safeParse(text).success).toBe(false)
  })
})
