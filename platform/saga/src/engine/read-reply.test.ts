import { Answer, defineContract, mutation, z, type AnyAnswer } from '@ashlar/contract'
import { commandEnvelope, PermanentError, replyEnvelope, SignatureRefusedError, type Envelope } from '@ashlar/messaging'
import { expect, it } from 'vitest'
import { defineSaga } from '../define-saga.ts'
import { readReply } from './read-reply.ts'

const deed = {
  input: z.strictObject({ orderId: z.string() }),
  output: z.object({}),
  errors: { nothing_reserved: { status: 'CONFLICT' } },
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
} as const
const stock = defineContract({ name: 'stock', version: 1, operations: { reserveStock: mutation(deed), commitStock: mutation(deed) } })
const money = defineContract({ name: 'money', version: 1, operations: { giveBack: mutation(deed) } })
const ending = () => () => Promise.resolve()
const orderOf = ({ orderId }: { orderId: string }) => ({ orderId })
const checkout = defineSaga('checkout', { version: 1, state: z.object({ orderId: z.string() }), key: ({ orderId }) => orderId })
  .step('reserve stock', { send: stock.reserveStock, with: orderOf, undo: { send: money.giveBack, with: orderOf } })
  .forward('commit stock', { send: stock.commitStock, with: orderOf })
  .endsAs({ completed: ending, compensated: ending, stuck: ending })

const sagaId = '01935b00-0000-7000-8000-000000000001'
const otherSaga = '01935b00-0000-7000-8000-000000000002'

/** A reply to a step, after its journey. */
function replyTo(step: string, answer: AnyAnswer = Answer.ok({}), saga = sagaId): Envelope {
  const asked = { operation: stock.commitStock, input: { orderId: 'o1' }, stepKey: `${saga}/${step}/1`, replyTo: 'replies.orders' }
  const command = commandEnvelope({ ...asked, service: 'orders', subject: sagaId })
  return JSON.parse(JSON.stringify(replyEnvelope({ service: 'stock', command, answer }))) as Envelope
}

it('takes a refusal that carries no data for a refusal, after it went over the wire', () => {
  const envelope = replyTo('commit-stock/do', Answer.failed('nothing_reserved', undefined))
  const outcome = { ok: false, code: 'nothing_reserved' }
  expect(readReply({ envelope, signer: 'stock' }, checkout)).toMatchObject({ stepKey: envelope.stepkey, outcome })
})

it('believes the service that keeps the contract of the deed, and no other', () => {
  const envelope = replyTo('reserve-stock/do')
  expect(readReply({ envelope, signer: 'stock' }, checkout)).toMatchObject({ outcome: { ok: true } })
  expect(() => readReply({ envelope, signer: 'money' }, checkout)).toThrow(SignatureRefusedError)
  expect(() => readReply({ envelope, signer: 'orders' }, checkout)).toThrow(/signed by orders, which does not keep stock.v1\/reserveStock/)
})

it('asks the service of the undo for the answer to an undo', () => {
  const envelope = replyTo('reserve-stock/undo')
  expect(readReply({ envelope, signer: 'money' }, checkout)).toMatchObject({ outcome: { ok: true } })
  expect(() => readReply({ envelope, signer: 'stock' }, checkout)).toThrow(SignatureRefusedError)
})

it.each([
  ['a step it does not have', replyTo('dance/do')],
  ['an undo its step does not have', replyTo('commit-stock/undo')],
  ['a step of another saga', replyTo('commit-stock/do', Answer.ok({}), otherSaga)],
])('finds nobody who may answer %s', (_what, envelope) => {
  expect(() => readReply({ envelope, signer: 'stock' }, checkout)).toThrow(/answers no step of its saga/)
})

it.each(['constructor', 'toString', 'moon_phase'])('takes %s for no error of the contract', (code) => {
  const envelope = replyTo('commit-stock/do', Answer.failed(code, undefined))
  expect(() => readReply({ envelope, signer: 'stock' }, checkout)).toThrow(`declares no error ${code}`)
})

it('takes what is no answer for none', () => {
  const envelope = { ...replyTo('commit-stock/do'), data: { ok: 'yes', value: {} } }
  expect(() => readReply({ envelope, signer: 'stock' }, checkout)).toThrow(PermanentError)
})
