import { defineContract, event, failed, mutation, z } from '@ashlar/contract'
import { local, staged } from '@ashlar/service'
import { expect, it } from 'vitest'
import { given } from './index.ts'

const teaBrewed = event({ version: 1, aggregate: 'brewId', key: 'brewId', data: z.object({ brewId: z.string(), cups: z.int() }) })
const kitchen = defineContract({
  name: 'kitchen',
  version: 1,
  operations: {
    brewTea: mutation({
      input: z.strictObject({ cups: z.int().min(1) }),
      output: z.object({ brewId: z.string() }),
      errors: { no_water: { status: 'CONFLICT', data: z.object({ litres: z.number() }) } },
      policy: { access: 'customer', idempotency: 'key' },
      emits: [teaBrewed],
    }),
    pourTea: mutation({
      input: z.strictObject({}),
      output: z.object({ cups: z.int(), milk: z.object({ spoons: z.int() }) }),
      policy: { access: 'customer' },
    }),
  },
  events: { teaBrewed },
})
interface Kettle {
  pour(cups: number): boolean
}
const brewTea = local(kitchen.brewTea, ({ kettle }: { kettle: Kettle }) => async ({ cups }, { emit, customer }) => {
  if (!kettle.pour(cups)) return failed('no_water', { litres: 0.1 })
  emit(teaBrewed, { brewId: customer.id, cups })
  return { brewId: customer.id }
})
const pourTea = local(kitchen.pourTea, () => async () => ({ cups: 2, milk: { spoons: 1 } }))
const full: Kettle = { pour: () => true }
const empty: Kettle = { pour: () => false }

it('tells a good answer with its events', async () => {
  const scenario = given({ kettle: full }).when(brewTea, { cups: 2 }, { customer: 'ada' })
  await scenario.thenAnswers({ brewId: 'ada' })
  await scenario.thenEmits(teaBrewed, { cups: 2 })
})

it('tells a declared error with its data and no event', async () => {
  const scenario = given({ kettle: empty }).when(brewTea, { cups: 2 }, { customer: 'ada' })
  await scenario.thenRefuses('no_water', { litres: 0.1 })
  await scenario.thenEmitsNothing()
})

it('finds an event among several of its kind, and lets none through that the contract does not list', async () => {
  const brewTwice = local(kitchen.brewTea, () => async ({ cups }, { emit }) => {
    for (const brewId of ['first', 'second']) emit(teaBrewed, { brewId, cups })
    return { brewId: 'first' }
  })
  const twice = await given({}).when(brewTwice, { cups: 1 }, { customer: 'ada' }).thenEmits(teaBrewed, { brewId: 'second' })
  await expect(twice.thenEmits(teaBrewed, { brewId: 'third' })).rejects.toThrow('third')

  const boast = local(kitchen.pourTea, () => async (_input, { emit }) => {
    emit(teaBrewed as never, { brewId: 'b', cups: 1 } as never)
    return { cups: 2, milk: { spoons: 1 } }
  })
  await expect(given({}).when(boast, {}, { customer: 'ada' }).thenAnswers({ cups: 2 })).rejects.toThrow('list it under emits')
})

it('tells the whole of an answer, where a field too many would be a leak', async () => {
  const scenario = given({ kettle: full }).when(pourTea, {}, { customer: 'ada' })
  await scenario.thenAnswers({ cups: 2 })
  await scenario.thenAnswersExactly({ cups: 2, milk: { spoons: 1 } })
  await expect(scenario.thenAnswersExactly({ cups: 2 } as never)).rejects.toThrow('milk')
  await expect(
    given({ kettle: empty }).when(brewTea, { cups: 1 }, { customer: 'ada' }).thenAnswersExactly({ brewId: 'ada' }),
  ).rejects.toThrow('expected an output, got no_water')
})

it('fails when the story is another one', async () => {
  const scenario = given({ kettle: empty }).when(brewTea, { cups: 2 }, { customer: 'ada' })
  await expect(scenario.thenAnswers({ brewId: 'ada' })).rejects.toThrow('expected an output, got no_water')
  await expect(scenario.thenEmits(teaBrewed, {})).rejects.toThrow('was not announced')
})

it('walks the three parts of a staged deed', async () => {
  const parts: string[] = []
  const handler = staged(kitchen.brewTea, ({ kettle }: { kettle: Kettle }) => ({
    async open({ cups }) {
      parts.push('open')
      return cups
    },
    async effect(cups: number, { key }) {
      parts.push(`effect under ${key}`)
      return kettle.pour(cups)
    },
    async complete(_cups, poured: boolean) {
      parts.push('complete')
      return poured ? { brewId: 'b' } : failed('no_water', { litres: 0 })
    },
  }))
  await given({ kettle: full }).when(handler, { cups: 1 }, { customer: 'ada', stepKey: 'k' }).thenAnswers({ brewId: 'b' })
  expect(parts).toEqual(['open', 'effect under k', 'complete'])
})

it('refuses an input the contract refuses', async () => {
  await expect(given({ kettle: full }).when(brewTea, { cups: 0 }, { customer: 'ada' }).thenAnswers({})).rejects.toThrow('is not valid')
})
