import { defineContract, event, mutation, z } from '@ashlar/contract'
import { Parser } from '@asyncapi/parser'
import { describe, expect, it } from 'vitest'
import { asyncApiOf } from './async-api-of.ts'

const Tea = z.object({ teaId: z.string(), grams: z.int() }).meta({ id: 'Tea' })
const teaBrewed = event({ version: 3, aggregate: 'teaId', key: 'teaId', data: Tea, deprecated: { since: '2026-01-01' } })
const input = z.strictObject({ teaId: z.string() })
const kitchen = defineContract({
  name: 'kitchen',
  version: 2,
  operations: {
    brewTea: mutation({
      input,
      output: Tea,
      errors: { no_water: { status: 'CONFLICT', data: z.object({ litres: z.number() }) }, no_cup: { status: 'CONFLICT' } },
      policy: { access: { services: ['waiter'] }, idempotency: 'key' },
      emits: [teaBrewed],
    }),
    orderTea: mutation({ input, output: Tea, policy: { access: 'customer', idempotency: 'key' } }),
    stirTea: mutation({ input, output: Tea, policy: { access: { services: ['waiter'] } } }),
  },
  events: { teaBrewed },
})
const document: any = asyncApiOf(kitchen)

/** Paths of what the parser calls wrong. */
async function mistakesIn(written: unknown): Promise<string[]> {
  const { diagnostics } = await new Parser().parse(JSON.stringify(written))
  // the parser's own word for an error; its hints and warnings are no mistakes
  const errors = diagnostics.filter(({ severity }: { severity: number }) => severity === 0)
  return errors.map(({ path, message }) => `${path.join('/')}: ${message}`)
}

describe('to the parser of AsyncAPI', () => {
  it('the document is right', async () => {
    expect(await mistakesIn(document)).toEqual([])
  })

  it('another is wrong with a message that is nowhere, so that being right means something', async () => {
    const damaged = structuredClone(document)
    damaged.operations.sendTeaBrewed.messages[0].$ref = '#/channels/teaBrewed/messages/TeaSpilt'
    expect(await mistakesIn(damaged)).not.toEqual([])
  })
})

it('gives an event its subject, its stream and its version', () => {
  expect(document.channels.teaBrewed).toMatchObject({
    address: 'kitchen.tea-brewed.v3',
    'x-jetstream': { name: 'EVENTS_kitchen', subjects: ['kitchen.*.*'], retention: 'limits', discard: 'old', max_age: 604_800_000_000_000 },
  })
  expect(document.operations.sendTeaBrewed).toMatchObject({ action: 'send', 'x-deprecation': { since: '2026-01-01' } })
  expect(document.components.schemas.TeaBrewedEnvelope.properties).toMatchObject({
    type: { const: 'kitchen.tea-brewed.v3' },
    data: { $ref: '#/components/schemas/Tea' },
  })
})

it('lists operations that services may send, and no others, each with where its answer goes', () => {
  expect(Object.keys(document.operations)).toEqual(['receiveBrewTeaCommand', 'sendTeaBrewed'])
  expect(document.channels.brewTeaCommand).toMatchObject({
    address: 'kitchen.brew-tea.command.v2',
    'x-jetstream': { name: 'COMMANDS_kitchen', retention: 'workqueue', discard: 'new' },
  })
  expect(document.operations.receiveBrewTeaCommand).toMatchObject({
    bindings: { nats: { queue: 'kitchen__brew-tea-v2' } },
    reply: { address: { location: '$message.payload#/replyto' }, channel: { $ref: '#/channels/brewTeaReply' } },
  })
})

it('says what an answer may be: the output, or a declared error with its data', () => {
  const { schemas } = document.components
  expect(schemas.BrewTeaReplyEnvelope.properties.data).toEqual({ $ref: '#/components/schemas/BrewTeaAnswer' })
  expect(schemas.BrewTeaAnswer.oneOf).toEqual(
    ['Ok', 'NoCup', 'NoWater'].map((option) => ({ $ref: `#/components/schemas/BrewTeaAnswer${option}` })),
  )
  expect(schemas.BrewTeaAnswerOk).toMatchObject({ required: ['ok', 'value'], properties: { value: { $ref: '#/components/schemas/Tea' } } })
  expect(schemas.BrewTeaAnswerNoCup).toMatchObject({ required: ['ok', 'code'], properties: { code: { const: 'no_cup' } } })
  expect(schemas.BrewTeaAnswerNoWater.required).toEqual(['ok', 'code', 'data'])
})

it('is not there for a contract that uses no broker', () => {
  expect(asyncApiOf(defineContract({ name: 'shelf', version: 1, operations: {} }))).toBeUndefined()
})
