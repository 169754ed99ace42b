import { expect, it } from 'vitest'
import { runInContext } from './call-context.ts'
import { createLogger } from './logger.ts'
import { newTrace } from './trace-context.ts'

function listening() {
  const lines: string[] = []
  const logger = createLogger({ service: 'kitchen', destination: { write: (line: string) => void lines.push(line) } })
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}') as Record<string, unknown>
  return { logger, last, lines }
}

it('writes one JSON line with the service’s name and a readable level', () => {
  const { logger, last, lines } = listening()
  logger.info({ cups: 2 }, 'tea is ready')
  expect(lines).toHaveLength(1)
  expect(last()).toMatchObject({ level: 'info', service: 'kitchen', cups: 2, msg: 'tea is ready' })
})

it('names the request and the trace inside a call, and nothing outside of one', () => {
  const { logger, last } = listening()
  const trace = newTrace()
  runInContext({ requestId: 'request-1', trace }, () => logger.info('inside'))
  expect(last()).toMatchObject({ request_id: 'request-1', trace_id: trace.traceId, span_id: trace.spanId })
  runInContext({ requestId: 'said "so"\n', trace }, () => logger.info({ trace_id: 'of another' }, 'inside'))
  expect(last()).toMatchObject({ request_id: 'said "so"\n', trace_id: 'of another' })
  logger.info('outside')
  expect(last()).not.toHaveProperty('trace_id')
})

it('cuts secrets, at the top and one level down', () => {
  const { logger, last, lines } = listening()
  logger.warn(
    { password: 'hunter2', user: { refreshToken: 'r-secret', name: 'Ada' }, headers: { authorization: 'Bearer b-secret' } },
    'odd',
  )
  expect(lines.join('')).not.toMatch(/hunter2|r-secret|b-secret/)
  expect(last()).toMatchObject({ user: { name: 'Ada' } })
})
