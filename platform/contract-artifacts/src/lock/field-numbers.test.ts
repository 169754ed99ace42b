import { array, assert, constantFrom, dictionary, property, uniqueArray } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FieldNumbersBrokenError, pinNumbers, type FieldNumbers } from './field-numbers.ts'

const empty = { numbers: [], names: [] }
const cup: FieldNumbers = { Cup: { fields: { size: 1, sugar: 2, milk: 3 }, reserved: empty } }

describe('field numbers', () => {
  it('are given in order, from 1', () => {
    expect(pinNumbers(undefined, { Cup: ['size', 'sugar'] })).toEqual({ Cup: { fields: { size: 1, sugar: 2 }, reserved: empty } })
  })

  it('stay, whatever the order of the fields', () => {
    expect(pinNumbers(cup, { Cup: ['milk', 'size', 'sugar'] })).toEqual(cup)
  })

  it('of a removed field are reserved with its name, and the next field gets another', () => {
    expect(pinNumbers(cup, { Cup: ['size', 'sugar', 'honey'] })).toEqual({
      Cup: { fields: { size: 1, sugar: 2, honey: 4 }, reserved: { numbers: [3], names: ['milk'] } },
    })
  })

  it('are not given back to a field that comes back', () => {
    const without = pinNumbers(cup, { Cup: ['size', 'sugar'] })
    expect(pinNumbers(without, { Cup: ['size', 'sugar', 'milk'] })).toEqual({
      Cup: { fields: { size: 1, sugar: 2, milk: 4 }, reserved: { numbers: [3], names: [] } },
    })
  })

  it('are remembered of a message that is gone', () => {
    const without = pinNumbers(cup, {})
    expect(without).toEqual({ Cup: { fields: {}, reserved: { numbers: [1, 2, 3], names: ['milk', 'size', 'sugar'] } } })
    expect(pinNumbers(without, { Cup: ['size'] })['Cup']?.fields).toEqual({ size: 4 })
  })

  it('pass over those that protobuf keeps for itself', () => {
    const last: FieldNumbers = { Cup: { fields: { size: 18_999 }, reserved: empty } }
    expect(pinNumbers(last, { Cup: ['size', 'sugar'] })['Cup']?.fields).toEqual({ size: 18_999, sugar: 20_000 })
  })

  it('may be called like anything an object has', () => {
    const pinned: FieldNumbers = pinNumbers({}, { Cup: ['toString', 'constructor'], valueOf: ['size'] })
    expect(pinned['Cup']?.fields).toEqual({ toString: 1, constructor: 2 })
    expect(pinned['valueOf']?.fields).toEqual({ size: 1 })
  })

  it.each<[string, FieldNumbers]>([
    ['given twice', { Cup: { fields: { size: 1, sugar: 1 }, reserved: empty } }],
    ['given and reserved', { Cup: { fields: { size: 1 }, reserved: { numbers: [1], names: ['sugar'] } } }],
    ['protobuf keeps', { Cup: { fields: { size: 19_500 }, reserved: empty } }],
    ['too large', { Cup: { fields: { size: 536_870_912 }, reserved: empty } }],
    ['no number', { Cup: { fields: { size: 0 }, reserved: empty } }],
  ])('are refused from a memory with one that is %s', (_what, memory) => {
    expect(() => pinNumbers(memory, { Cup: ['size'] })).toThrow(FieldNumbersBrokenError)
  })

  it('mean one thing for ever, through any changes', () => {
    const versions = array(dictionary(constantFrom('A', 'B'), uniqueArray(constantFrom('a', 'b', 'c', 'd', 'e'))), {
      maxLength: 12,
    })
    assert(
      property(versions, (history) => {
        const meant = new Map<string, string>()
        let numbers: FieldNumbers | undefined
        for (const now of history) {
          numbers = pinNumbers(numbers, now)
          expect(pinNumbers(numbers, now)).toEqual(numbers)
          for (const [message, { fields, reserved }] of Object.entries(numbers)) {
            expect(Object.keys(fields).toSorted()).toEqual((now[message] ?? []).toSorted())
            for (const [field, number] of Object.entries(fields)) {
              expect(reserved.numbers).not.toContain(number)
              expect(meant.get(`${message} ${number}`) ?? field).toBe(field)
              meant.set(`${message} ${number}`, field)
            }
          }
        }
      }),
    )
  })
})
