import { expect, it } from 'vitest'
import { createLogger } from '../logger.ts'
import { newTrace } from '../trace-context.ts'
import { runInContext } from '../call-context.ts'
import { readLine } from './read-line.ts'

it('reads what a logger writes in a call', () => {
  const written: string[] = []
  const logger = createLogger({ service: 'orders', destination: { write: (line) => void written.push(line) } })
  const trace = newTrace()
  runInContext({ requestId: 'r-1', trace }, () => logger.error({ err: new RangeError('late') }, 'the charge failed'))
  expect(written.map(readLine)).toMatchObject([
    {
      service: 'orders',
      level: 'error',
      message: 'the charge failed',
      traceId: trace.traceId,
      spanId: trace.spanId,
      attributes: { request_id: 'r-1', 'exception.type': 'RangeError', 'exception.message': 'late' },
    },
  ])
})

it.each([
  ['a line outside of any call', '{"level":"info","service":"orders","msg":"ready"}'],
  ['a text', 'Error: "trace_id":"1"'],
  ['half a line', '{"service":"orders","trace_id":"'],
  ['a line of nobody', `{"trace_id":"${'a'.repeat(32)}","msg":"hello"}`],
])('leaves out %s', (_what, line) => {
  expect(readLine(line)).toBeUndefined()
})
