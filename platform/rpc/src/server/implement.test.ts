import { failed } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { keepParcels, parcels } from '../testing/parcels.ts'
import { implement } from './implement.ts'
import type { IncomingCall } from './implementation.ts'

const call: IncomingCall = { principal: { kind: 'anonymous' }, idempotencyKey: undefined, signal: new AbortController().signal }
const { handlers } = keepParcels()

function ask(changed: Partial<Record<keyof typeof handlers, unknown>>, operation: keyof typeof handlers, input: unknown) {
  const kept = implement(parcels, { ...handlers, ...changed } as typeof handlers)
  return kept.invoke.get(operation)?.(input, call)
}

describe('keeping a contract by plain functions', () => {
  it('gives the answer of the function', async () => {
    expect(await ask({}, 'findParcel', { parcelId: 'abc' })).toMatchObject({ ok: true, value: { parcelId: 'abc', grams: 3 } })
  })

  it('shows no function an input that is not valid', async () => {
    let calls = 0
    const counting = { findParcel: () => Promise.resolve((calls += 1)) }
    await expect(ask(counting, 'findParcel', { parcelId: '' })).rejects.toMatchObject({ reason: 'invalid_input' })
    expect(calls).toBe(0)
  })

  it('lets no field out that the contract does not promise', async () => {
    const talkative = { findParcel: () => Promise.resolve({ parcelId: 'p', grams: 1, cost: 9 }) }
    expect(await ask(talkative, 'findParcel', { parcelId: 'p' })).toMatchObject({ value: { parcelId: 'p', grams: 1 } })
    expect(JSON.stringify(await ask(talkative, 'findParcel', { parcelId: 'p' }))).not.toContain('cost')
  })

  it('takes an undeclared error, and wrong data of a declared one, for a bug', async () => {
    const undeclared = { findParcel: () => Promise.resolve(failed('eaten')) }
    const wrong = { findParcel: () => Promise.resolve(failed('parcel_not_found', { parcelId: 7 })) }
    await expect(ask(undeclared, 'findParcel', { parcelId: 'p' })).rejects.toThrow('the error eaten')
    await expect(ask(wrong, 'findParcel', { parcelId: 'p' })).rejects.toThrow('data of the error parcel_not_found')
  })

  it('does not start with an operation nobody keeps', () => {
    const { linger: _left, ...rest } = handlers
    // @ts-expect-error linger is missing
    expect(() => implement(parcels, rest)).toThrow('parcels.v2/linger has no handler')
  })
})
