import { Answer, defineContract, mutation, z } from '@ashlar/contract'
import { commandEnvelope, replyEnvelope, type Envelope } from '@ashlar/messaging'
import { expect, it } from 'vitest'
import { defineSaga } from '../define-saga.ts'
import { readReply } from './read-reply.ts'

const stock = defineContract({
  name: 'stock',
  version: 1,
  operations: {
    commitStock: mutation({
      input: z.strictObject({ orderId: z.string() }),
      output: z.object({}),
      errors: { nothing_reserved: { status: 'CONFLICT' } },
      policy: { access: { services: ['orders'] }, idempotency: 'key' },
    }),
  },
})
const ending = () => () => Promise.resolve()
const checkout = defineSaga('checkout', { version: 1, state: z.object({ orderId: z.string() }), key: ({ orderId }) => orderId })
  .forward('commit stock', { send: stock.commitStock, with: ({ orderId }) => ({ orderId }) })
  .endsAs({ completed: ending, compensated: ending, stuck: ending })

const sagaId = '01935b00-0000-7000-8000-000000000001'

it('takes a refusal that carries no data for a refusal, after it went over the wire', () => {
  const stepKey = `${sagaId}/commit-stock/do/1`
  const asked = { operation: stock.commitStock, input: { orderId: 'o1' }, stepKey, subject: sagaId, replyTo: 'replies.orders' }
  const command = commandEnvelope({ ...asked, service: 'orders', id: sagaId, principal: 'signed' })
  const reply = replyEnvelope({ service: 'stock', command, answer: Answer.failed('nothing_reserved', undefined) })
  const received = JSON.parse(JSON.stringify(reply)) as Envelope
  expect(readReply(received, checkout)).toMatchObject({ stepKey, outcome: { ok: false, code: 'nothing_reserved' } })
})
