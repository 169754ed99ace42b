import { defineContract, event, mutation, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { jsonText } from '../json-text.ts'
import { teaHouse } from '../testing/tea-house.ts'
import { lockOf } from './lock-of.ts'

const lock = lockOf(teaHouse, undefined)

interface Tea {
  readonly output?: z.ZodType
  readonly timeoutMs?: number
  readonly services?: readonly string[]
  readonly fields?: 'as written' | 'turned round'
}

function teas({ output = z.object({}), timeoutMs = 100, services = ['kitchen'], fields = 'as written' }: Tea = {}) {
  const teaBrewed = event({ version: 1, aggregate: 'teaId', key: 'teaId', data: z.object({ teaId: z.string() }) })
  const input = z.strictObject(fields === 'as written' ? { teaId: z.string(), cups: z.int() } : { cups: z.int(), teaId: z.string() })
  const brewTea = mutation({ input, output, policy: { access: { services } }, emits: [teaBrewed], hints: { timeoutMs } })
  return defineContract({ name: 'teas', version: 1, operations: { brewTea }, events: { teaBrewed } })
}

describe('a lock', () => {
  it('holds what an operation promises', () => {
    expect(lock.operations['brewTea']).toEqual({
      kind: 'mutation',
      input: { $ref: '#/$defs/BrewTeaInput' },
      output: { $ref: '#/$defs/Brew' },
      errors: { closed_today: { status: 'CONFLICT' }, no_water: { status: 'CONFLICT', data: { $ref: '#/$defs/BrewTeaNoWaterDetails' } } },
      policy: { access: 'customer', idempotency: 'key' },
      emits: ['cupsWashed', 'teaBrewed'],
      rest: { method: 'POST', path: '/v1/brews', status: 202 },
    })
    expect(lock.operations['washCups']?.deprecated).toEqual({ since: '2026-11-01', sunset: '2027-05-01', use: 'brewTea' })
  })

  it('holds what an event is', () => {
    expect(lock.events['cupsWashed']).toEqual({
      subject: 'teahouse.cups-washed.v2',
      version: 2,
      aggregate: 'sinkId',
      key: 'sinkId',
      data: { $ref: '#/$defs/CupsWashed' },
      deprecated: { since: '2026-11-01' },
    })
  })

  it('holds every shape it refers to, and its hash', () => {
    const text = JSON.stringify(lock)
    const refs = [...text.matchAll(/"#\/\$defs\/(\w+)"/g)].map(([, name = '']) => name)
    expect(refs.filter((name) => !(name in lock.$defs))).toEqual([])
    expect(Object.keys(lock.hashes)).toEqual(Object.keys(lock.$defs))
    expect(Object.values(lock.hashes).filter((hash) => !/^[0-9a-f]{64}$/.test(hash))).toEqual([])
  })

  it('is the same text every time, whatever the order of fields and lists', () => {
    expect(jsonText(lockOf(teaHouse, lock))).toBe(jsonText(lock))
    const numbered = lockOf(teas(), undefined)
    const turned = lockOf(teas({ fields: 'turned round' }), numbered)
    expect(jsonText(turned)).toBe(jsonText(numbered))
    expect(lockOf(teas({ services: ['b', 'a'] }), undefined).hash).toBe(lockOf(teas({ services: ['a', 'b'] }), undefined).hash)
  })

  it('says nothing of hints, which a deployment may override', () => {
    expect(jsonText(lockOf(teas({ timeoutMs: 9 }), undefined))).toBe(jsonText(lockOf(teas(), undefined)))
  })

  it('has another hash when a promise or a shape is another', () => {
    const before = lockOf(teas(), undefined)
    expect(lockOf(teas({ services: ['kitchen', 'attic'] }), before).hash).not.toBe(before.hash)
    const after = lockOf(teas({ output: z.object({ teaId: z.string() }) }), before)
    expect(after.hash).not.toBe(before.hash)
    expect(after.hashes['BrewTeaOutput']).not.toBe(before.hashes['BrewTeaOutput'])
    expect(after.hashes['BrewTeaInput']).toBe(before.hashes['BrewTeaInput'])
  })

  it('gives a shape another hash when one that it refers to is another', () => {
    const tray = (cup: z.ZodType) => z.object({ cup: cup.meta({ id: 'Cup' }) }).meta({ id: 'Tray' })
    const [small, large] = [z.object({ ml: z.int() }), z.object({ ml: z.int(), lid: z.boolean() })].map(
      (cup) => lockOf(teas({ output: tray(cup) }), undefined).hashes['Tray'],
    )
    expect(small).not.toBe(large)
  })

  it('takes over the field numbers of the lock before', () => {
    const before = lockOf(teas({ output: z.object({ teaId: z.string(), cups: z.int() }) }), undefined)
    const after = lockOf(teas({ output: z.object({ minutes: z.int(), teaId: z.string() }) }), before)
    expect(after.protobuf['BrewTeaResponse']).toEqual({ fields: { teaId: 1, minutes: 3 }, reserved: { numbers: [2], names: ['cups'] } })
  })
})
