import { Answer, commandSubject, defineContract, event, eventSubject, mutation, replySubject, streamsOf, z } from '@ashlar/contract'
import { formatTraceparent, newTrace, runInContext } from '@observability/telemetry'
import { describe, expect, it } from 'vitest'
import { headersOf } from './envelope-headers.ts'
import { EnvelopeInvalidError } from './errors.ts'
import { newId } from './new-id.ts'
import { readEnvelope } from './read-envelope.ts'
import { deadLetterStream } from './streams.ts'
import { matchesSubject } from './match-subject.ts'
import { deadLetterSubject, replaySubject } from './subjects.ts'
import { commandEnvelope, eventEnvelope, replyEnvelope } from './write-envelope.ts'

const cardCharged = event({
  version: 2,
  aggregate: 'chargeId',
  key: 'orderId',
  data: z.object({ chargeId: z.string(), orderId: z.string() }),
})
const chargeCard = mutation({
  input: z.object({ amount: z.int() }),
  output: z.object({}),
  policy: { access: { services: ['orders'] }, idempotency: 'key' },
})
const payments = defineContract({ name: 'payments', version: 3, operations: { chargeCard }, events: { cardCharged } })
const charged = { service: 'payments', event: payments.events.cardCharged, data: { chargeId: 'c1', orderId: 'o1' }, aggregateVersion: 4 }

describe('an envelope', () => {
  it('names its aggregate, its place in the history and its partition key', () => {
    expect(eventEnvelope(charged)).toMatchObject({
      type: 'payments.card-charged.v2',
      source: '/payments',
      subject: 'c1',
      partitionkey: 'o1',
      aggregateversion: 4,
      data: { chargeId: 'c1', orderId: 'o1' },
    })
  })

  it('carries the request and the trace of the call it was made in', () => {
    const trace = { ...newTrace(), state: 'vendor=1' }
    const made = runInContext({ requestId: 'r-1', trace }, () => eventEnvelope(charged))
    expect(made).toMatchObject({ requestid: 'r-1', traceparent: formatTraceparent(trace), tracestate: 'vendor=1' })
    expect(headersOf(made)).toEqual({
      traceparent: formatTraceparent(trace),
      tracestate: 'vendor=1',
      'x-request-id': 'r-1',
      'ce-type': 'payments.card-charged.v2',
      'ce-id': made.id,
      'ce-source': '/payments',
    })
  })

  it('starts a trace of its own outside any call', () => {
    const [first, second] = [eventEnvelope(charged), eventEnvelope(charged)]
    expect(first.traceparent).not.toBe(second.traceparent)
    expect(first.id).not.toBe(second.id)
  })

  it('is the same after a journey as JSON', () => {
    const command = commandEnvelope({
      service: 'orders',
      operation: payments.chargeCard,
      input: { amount: 5 },
      subject: 'saga-1',
      stepKey: 'saga-1:charge:do',
      replyTo: 'replies.orders',
    })
    expect(command).toMatchObject({
      type: 'payments.charge-card.command.v3',
      stepkey: 'saga-1:charge:do',
      replyto: 'replies.orders',
    })
    expect(readEnvelope(JSON.stringify(command))).toEqual(command)
  })

  it('answers a command on the subject it named, with its step key', () => {
    const command = commandEnvelope({
      service: 'orders',
      operation: payments.chargeCard,
      input: {},
      subject: 'saga-1',
      stepKey: 'k',
      replyTo: 'replies.orders',
    })
    const refused = replyEnvelope({ service: 'payments', command, answer: Answer.failed('card_declined', { declineCode: 'x' }) })
    expect(refused).toMatchObject({
      type: 'replies.orders',
      subject: 'saga-1',
      stepkey: 'k',
      causationid: command.id,
      data: { ok: false, code: 'card_declined', data: { declineCode: 'x' } },
    })
    expect(replyEnvelope({ service: 'payments', command, answer: Answer.ok({ id: 1 }) }).data).toEqual({ ok: true, value: { id: 1 } })
  })

  it('is refused without its attributes, and the refusal quotes no content', () => {
    expect(() => readEnvelope('{"id":"x","data":{"email":"ada@example.org"},"time":"ada@example.org"}')).toThrow(EnvelopeInvalidError)
    expect(() => readEnvelope('{"time":"ada@example.org"}')).toThrow(/source.*time/)
    expect(() => readEnvelope('{"time":"ada@example.org"}')).not.toThrow(/ada@/)
    expect(() => readEnvelope('ada@example.org')).toThrow('it is not JSON')
    const untraced = { ...eventEnvelope(charged), traceparent: '00-0-0-00' }
    expect(() => readEnvelope(JSON.stringify(untraced))).toThrow('traceparent: is not a traceparent')
  })

  it('is not written where nobody could read it', () => {
    for (const chargeId of ['c'.repeat(256), 'c\u0000', '\ud800'])
      expect(() => eventEnvelope({ ...charged, data: { chargeId, orderId: 'o1' } })).toThrow(
        'the chargeId of payments.card-charged.v2 can be no',
      )
  })

  it('lets attributes of other senders pass', () => {
    expect(readEnvelope(JSON.stringify({ ...eventEnvelope(charged), tenant: 't1' }))).toHaveProperty('tenant', 't1')
  })
})

describe('ids', () => {
  it('are UUIDs of version 7 that sort by time', async () => {
    const ids: string[] = []
    for (let made = 0; made < 5; made += 1) {
      ids.push(newId())
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
    expect(ids.toSorted()).toEqual(ids)
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

describe('the streams of a contract', () => {
  const { events, commands, replies } = streamsOf(payments)
  const letters = deadLetterStream('payments')
  const subjects = {
    EVENTS_payments: [eventSubject(payments.events.cardCharged), replaySubject('EVENTS_payments', 'orders__charged')],
    COMMANDS_payments: [commandSubject(payments.chargeCard), replaySubject('COMMANDS_payments', 'payments__commands')],
    REPLIES_payments: [replySubject('payments'), replaySubject('REPLIES_payments', 'payments__replies')],
    DEAD_LETTERS_payments: [deadLetterSubject('payments', 'commands')],
  }

  it.each(Object.entries(subjects))('takes each of its subjects in %s and nowhere else', (stream, taken) => {
    for (const subject of taken) {
      const takers = [events, commands, replies, letters].filter((spec) =>
        spec.subjects.some((pattern) => matchesSubject(pattern, subject)),
      )
      expect(takers.map((spec) => spec.name)).toEqual([stream])
    }
  })

  it('forgets old events, and refuses commands and dead letters rather than forgetting any', () => {
    expect([events, commands, replies, letters].map((spec) => spec.onFull)).toEqual(['drop-oldest', 'refuse', 'refuse', 'refuse'])
    expect([commands, replies, letters].map((spec) => spec.maxAgeMs)).toEqual([0, 0, 0])
  })
})
