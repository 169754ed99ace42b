import { describe, expect, it } from 'vitest'
import { inventory } from '../test/inventory.ts'
import { Answer, AnswerFailedError, failed, parseOutput, type AnswerOf, type FailureOf, type InputOf, type SentOutputOf } from './index.ts'

type Reserve = typeof inventory.reserveStock
type Result = SentOutputOf<Reserve> | FailureOf<Reserve>

const answer = (result: Result): AnswerOf<Reserve> => Answer.from(result) as AnswerOf<Reserve>
const shortOfTea = answer(failed('out_of_stock', { sku: 'TEA' }))

describe('an answer', () => {
  it('is matched case by case, each with its own data', () => {
    const told: string = shortOfTea.match({
      ok: ({ reservationId }) => reservationId,
      out_of_stock: ({ sku }) => `no more ${sku}`,
      gone: () => 'gone',
    })
    expect(told).toBe('no more TEA')
    expect(
      answer({ reservationId: 'r1' }).match({ ok: ({ reservationId }) => reservationId, out_of_stock: () => '', gone: () => '' }),
    ).toBe('r1')
  })

  it('does not compile with a case left out, and throws for it at run time', () => {
    // @ts-expect-error out_of_stock is not handled
    expect(() => shortOfTea.match({ ok: () => 1, gone: () => 2 })).toThrow(AnswerFailedError)
    // @ts-expect-error ok is not handled
    expect(shortOfTea.match({ out_of_stock: () => 1, gone: () => 2 })).toBe(1)
  })

  it('gives data only to who has looked which answer it is', () => {
    // @ts-expect-error a refusal has no value
    expect(shortOfTea.value).toBeUndefined()
    if (shortOfTea.ok || shortOfTea.code !== 'out_of_stock') throw new Error('the shortage was lost')
    const { sku }: { sku: string } = shortOfTea.data
    expect(sku).toBe('TEA')
    expect(() => shortOfTea.orThrow()).toThrow('the operation answered out_of_stock')
  })
})

describe('what a handler returns', () => {
  it('does not compile as an error the contract does not declare', () => {
    const soldOut = failed('sold_out')
    // @ts-expect-error sold_out is not declared
    const undeclared: Result = soldOut
    expect(undeclared).toBe(soldOut)
    expect(Object.keys(inventory.reserveStock.errors)).not.toContain(soldOut.failedCode)
  })

  it('does not compile as a declared error with other data', () => {
    const mistaken = failed('out_of_stock', { product: 'TEA' })
    // @ts-expect-error the data says which sku
    const other: Result = mistaken
    expect(other).toBe(mistaken)
    expect(inventory.reserveStock.errors.out_of_stock.data.safeParse(mistaken.data).success).toBe(false)
  })

  it('does not compile with an output field missing, and is not let out', () => {
    // @ts-expect-error reservationId is missing
    const incomplete: Result = {}
    expect(() => parseOutput(inventory.reserveStock, incomplete)).toThrow('reservationId')
  })
})

describe('what a caller passes', () => {
  it('does not compile with a field of another type, and is not let in', () => {
    // @ts-expect-error orderId is text
    const wrong: InputOf<Reserve> = { orderId: 7 }
    expect(inventory.reserveStock.input.safeParse(wrong).success).toBe(false)
  })

  it('does not compile with a field nobody declared, and is not let in', () => {
    // @ts-expect-error colour is not declared
    const extra: InputOf<Reserve> = { orderId: 'o1', colour: 'red' }
    expect(inventory.reserveStock.input.safeParse(extra).success).toBe(false)
  })
})
