import { expect, it } from 'vitest'
import { ByteWriter } from '../otlp/byte-writer.ts'
import { readLogs } from '../otlp/read-otlp.ts'
import { encodeLogs } from './otlp-logs.ts'

function sent(line: object | string): ReturnType<typeof readLogs>[number] | undefined {
  const bytes = new ByteWriter()
  encodeLogs({ 'service.name': 'a process' }, [typeof line === 'string' ? line : JSON.stringify(line)], bytes)
  return readLogs({ contentType: 'application/x-protobuf', bytes: bytes.written })[0]
}

it('says time, level, message and trace in OpenTelemetry’s fields, and the rest as attributes', () => {
  const line = {
    level: 'error',
    time: '2026-11-21T10:00:00.123Z',
    service: 'orders',
    trace_id: 'a'.repeat(32),
    span_id: 'b'.repeat(16),
    trace_flags: '01',
    msg: 'the card was declined',
    durationMs: 12.5,
    attempt: 3,
    buried: false,
    nothing: null,
    order: { id: 'o-1', lines: [{ sku: 'tea' }] },
  }
  expect(sent(line)).toEqual({
    service: 'orders',
    atMs: Date.parse('2026-11-21T10:00:00.123Z'),
    severity: 17,
    level: 'error',
    message: 'the card was declined',
    traceId: 'a'.repeat(32),
    spanId: 'b'.repeat(16),
    attributes: { durationMs: 12.5, attempt: 3, buried: false, 'order.id': 'o-1', 'order.lines': '[{"sku":"tea"}]' },
  })
})

it('names an error as OpenTelemetry does', () => {
  const { attributes } = sent({ level: 'fatal', err: { name: 'RangeError', message: 'late', stack: 'RangeError: late\n at x' } }) ?? {}
  expect(attributes).toEqual({
    'exception.type': 'RangeError',
    'exception.message': 'late',
    'exception.stacktrace': 'RangeError: late\n at x',
  })
})

it('sends a line that is no JSON as it is, and one of a level it does not know as information', () => {
  expect(sent('out of memory')).toMatchObject({ message: 'out of memory', severity: 9 })
  expect(sent({ level: 'loud', msg: 'hey' })).toMatchObject({ severity: 9, level: 'loud' })
})

it('bounds what one line may bring', () => {
  const many = Object.fromEntries(Array.from({ length: 200 }, (_, number) => [`field${number}`, 'x'.repeat(20_000)]))
  const { attributes = {} } = sent({ ...many, msg: 'much' }) ?? {}
  expect(Object.keys(attributes)).toHaveLength(64)
  expect(String(attributes['field0'])).toHaveLength(8192)
})

it('tells the lines of services apart, and what no service says from both', () => {
  const bytes = new ByteWriter()
  const lines = [
    { service: 'orders', msg: 'one' },
    { service: 'payments', msg: 'two' },
    { request_id: '"service":"of a caller"', service: 'orders', msg: 'three' },
  ].map((line) => JSON.stringify(line))
  // what a line says of another service does not make it that one's
  lines[1] = lines[1]?.replace('}', ',"service":"orders"}') ?? ''
  encodeLogs({ 'service.name': 'a process' }, [`${lines[0]}\n${lines[1]}\n`, `${lines[2]}\nout of memory\n`], bytes)
  const told = readLogs({ contentType: 'application/x-protobuf', bytes: bytes.written }).map(({ service, message }) => [service, message])
  expect(told).toEqual([
    ['orders', 'one'],
    ['orders', 'three'],
    ['payments', 'two'],
    ['a process', 'out of memory'],
  ])
})
