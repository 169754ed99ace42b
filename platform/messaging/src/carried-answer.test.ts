import { Answer } from '@ashlar/contract'
import { newTrace, formatTraceparent } from '@observability/telemetry'
import { expect, it } from 'vitest'
import type { Envelope } from './envelope.ts'
import { PermanentError } from './errors.ts'
import { readAnswer, writeAnswer } from './carried-answer.ts'

function carrying(data: unknown): Envelope {
  const parts = { id: 'r1', source: '/bank', type: 'replies.cafe', subject: 's1', requestid: 'q1', time: new Date(0).toISOString() }
  const envelope = { ...parts, specversion: '1.0', datacontenttype: 'application/json', traceparent: formatTraceparent(newTrace()), data }
  return JSON.parse(JSON.stringify(envelope)) as Envelope
}

it.each([
  ['an output', Answer.ok({ balance: 5 }), { ok: true, value: { balance: 5 } }],
  ['an error with its data', Answer.failed('too_little', { balance: 5 }), { ok: false, code: 'too_little', data: { balance: 5 } }],
  ['an error that declares no data', Answer.failed('closed', undefined), { ok: false, code: 'closed' }],
])('reads %s as it was written', (_what, answer, read) => {
  expect(readAnswer(carrying(writeAnswer(answer)))).toEqual(read)
})

it.each([null, 'ada@example.org', {}, { ok: 'yes' }, { ok: false }, { ok: false, code: '' }, { ok: false, code: 5 }])(
  'finds no answer in %j, and quotes nothing of it',
  (data) => {
    expect(() => readAnswer(carrying(data))).toThrow(PermanentError)
    expect(() => readAnswer(carrying(data))).toThrow(/^reply r1 carries no answer$/)
  },
)
