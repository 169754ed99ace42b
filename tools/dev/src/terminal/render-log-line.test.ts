import { expect, it } from 'vitest'
import { renderLogLine } from './render-log-line.ts'

const plain = (_colour: string, text: string): string => text
const common = {
  level: 'info',
  time: '2026-01-01T12:34:56.789Z',
  request_id: 'r-1',
  trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
  span_id: '00f067aa0ba902b7',
}
const rendered = (name: string, entry: object): string => renderLogLine(name, JSON.stringify({ ...common, ...entry }), plain)

it('makes one readable line of a request', () => {
  const request = { event: 'request', method: 'POST', route: '/v1/orders', status: 202, duration_ms: 12.3, msg: 'request' }
  expect(rendered('gateway', request)).toBe('gateway        12:34:56.789 POST /v1/orders 202 12.3 ms trace=4bf92f35')
})

it('makes one of a call between services', () => {
  const call = { event: 'call', operation: 'catalogue.v1/priceLines', status: 200, caller: 'orders', duration_ms: 7.3, msg: 'call' }
  expect(rendered('catalogue', call)).toBe('catalogue      12:34:56.789 catalogue.v1/priceLines 200 7.3 ms for orders trace=4bf92f35')
})

it('makes one of a message, and says more of one that failed', () => {
  const message = {
    consumer: 'payments__charge',
    type: 'payments.charge.command.v1',
    message_id: 'm-1',
    duration_ms: 30,
    msg: 'message handled',
  }
  expect(rendered('payments', { ...message, attempt: 1, outcome: 'done' })).toBe(
    'payments       12:34:56.789 payments.charge.command.v1 done 30 ms trace=4bf92f35',
  )
  expect(
    rendered('payments', {
      ...message,
      level: 'warn',
      attempt: 2,
      outcome: 'again',
      error_class: 'ProviderAwayError',
      error_message: 'no answer',
    }),
  ).toBe(
    'payments       12:34:56.789 warn payments.charge.command.v1 again attempt 2 of payments__charge ProviderAwayError no answer 30 ms trace=4bf92f35',
  )
})

it('shows the fields of anything else', () => {
  expect(rendered('users', { msg: 'registered', instance: 'users-1', contracts: ['users.v1'] })).toBe(
    'users          12:34:56.789 registered instance=users-1 contracts=["users.v1"] trace=4bf92f35',
  )
})

const stack = `DatabaseUnavailableError: no connection
    at connect (file://${process.cwd()}/platform/persistence/src/database.ts:8:1)
    at node:internal/process/task_queues:104:5
caused by: Error: ECONNREFUSED
    at pg (file://${process.cwd()}/node_modules/pg/index.js:1:1)`

it('puts the errors of an outage below it, and of a bug also where it happened', () => {
  const outage = rendered('orders', { level: 'warn', msg: 'held up', err: { stack } }).split('\n').slice(1)
  expect(outage.map((line) => line.trim())).toEqual(['DatabaseUnavailableError: no connection', 'caused by: Error: ECONNREFUSED'])
  const bug = rendered('orders', { level: 'error', msg: 'threw', err: { stack } }).split('\n').slice(1)
  expect(bug.map((line) => line.trim())).toEqual([
    'DatabaseUnavailableError: no connection',
    'at connect (platform/persistence/src/database.ts:8:1)',
    'caused by: Error: ECONNREFUSED',
  ])
})

it.each(['Error: cannot find module', '{not json', ''])('leaves %j as it is', (line) => {
  expect(renderLogLine('orders', line, plain)).toBe(`orders         ${line}`)
})
