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
