import { expect, it } from 'vitest'
import { renderLogLine } from './render-log-line.ts'

const plain = (_colour: string, text: string): string => text

it('makes one readable line of a request', () => {
  const line = JSON.stringify({
    level: 'info',
    time: '2026-01-01T12:34:56.789Z',
    service: 'gateway',
    request_id: 'r-1',
    trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
    span_id: '00f067aa0ba902b7',
    event: 'request',
    method: 'POST',
    route: '/v1/orders',
    status: 202,
    duration_ms: 12.3,
    msg: 'request',
  })
  expect(renderLogLine('gateway', line, plain)).toBe(
    'gateway        12:34:56.789 request method=POST route=/v1/orders status=202 duration_ms=12.3 trace=4bf92f35',
  )
})

it('marks warnings and puts an error’s stack below', () => {
  const line = JSON.stringify({
    level: 'error',
    time: '2026-01-01T12:34:56.789Z',
    msg: 'the handler threw',
    err: { message: 'boom', stack: 'Error: boom\n    at charge' },
  })
  expect(renderLogLine('payments', line, plain)).toBe(
    'payments       12:34:56.789 error the handler threw\n               Error: boom\n                   at charge',
  )
})

it.each(['Error: cannot find module', '{not json', ''])('leaves %j as it is', (line) => {
  expect(renderLogLine('orders', line, plain)).toBe(`orders         ${line}`)
})
