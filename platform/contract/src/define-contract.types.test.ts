import { describe, expect, it } from 'vitest'
import { inventory } from '../test/inventory.ts'
import { refusalsOf } from '../test/refusals-of.ts'
import { event, mutation, query, z } from './index.ts'

const shape = { input: z.strictObject({}), output: z.object({}) }

describe('a promise', () => {
  it('does not compile without a policy or with unknown access, and is refused', () => {
    // @ts-expect-error nobody is said to have access
    const unguarded = query(shape)
    // @ts-expect-error there is no such access
    const unknown = query({ ...shape, policy: { access: 'everyone' } })
    expect(refusalsOf({ operations: { unguarded, unknown } }).map(({ path }) => path)).toEqual([
      'operations.unguarded.policy.access',
      'operations.unknown.policy.access',
    ])
  })

  it('does not compile without an output, and is refused', () => {
    // @ts-expect-error there is no output
    const silent = mutation({ input: shape.input, policy: { access: 'open' } })
    expect(refusalsOf({ operations: { silent } }).map(({ path }) => path)).toEqual(['operations.silent.output'])
  })

  it('does not compile with an error of unknown status, and is refused', () => {
    // @ts-expect-error there is no such status
    const odd = mutation({ ...shape, policy: { access: 'open' }, errors: { odd: { status: 'TEAPOT' } } })
    expect(refusalsOf({ operations: { brew: odd } }).map(({ path }) => path)).toEqual(['operations.brew.errors.odd.status'])
  })

  it('does not compile for an event whose aggregate is no field of its data, and is refused', () => {
    // @ts-expect-error parcelId is not in the data
    const lost = event({ version: 1, aggregate: 'parcelId', key: 'orderId', data: z.object({ orderId: z.string() }) })
    expect(refusalsOf({ events: { lost } }).map(({ path }) => path)).toEqual(['events.lost.aggregate'])
  })

  it('is known by its literal types once bound', () => {
    const services: readonly ['orders'] = inventory.reserveStock.policy.access.services
    const kind: 'query' = inventory.getStock.kind
    expect([services, kind]).toEqual([['orders'], 'query'])
    // @ts-expect-error the contract has no such operation
    expect(inventory.countStock).toBeUndefined()
  })
})
