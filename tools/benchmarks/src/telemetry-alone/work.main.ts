import { setImmediate as turn } from 'node:timers/promises'
import { createLogger, createTelemetry, formatTraceparent, newTrace, parseTraceparent, runInContext } from '@observability/telemetry'
import { readSettings } from '../side-settings.ts'
import { serveBenchmark } from '../telemetry/side.ts'
import type { Part } from './ways.ts'

// What `@ashlar/rpc` and the runtime of a service do of being seen for one call, on both of its sides, with no call between them.
const { parts } = readSettings(process.env) as { parts: readonly Part[] }
const [spans, measurements, line] = (['spans', 'measurements', 'line'] as const).map((part) => parts.includes(part))
const [orders, catalogue] = [createTelemetry('orders'), createTelemetry('catalogue')]
const logger = createLogger({ service: 'catalogue' })
const operation = 'catalogue.v1/priceLines'
const called = { 'rpc.system.name': 'trpc', 'rpc.method': operation } as const
const outcome = { rpc_method: operation, rpc_response_status_code: 'OK' } as const
const requestId = '01935b00-0000-7000-8000-000000000001'
// others may run, as they do between calls
const callsInATurn = 20

function seeOnce(): void {
  const root = newTrace()
  const client = spans === true ? orders.tracing.start(operation, { kind: 'client', parent: root, attributes: called }) : undefined
  const parent = client === undefined ? undefined : parseTraceparent(formatTraceparent(client.trace))
  const server = client === undefined ? undefined : catalogue.tracing.start(operation, { kind: 'server', parent, attributes: called })
  const trace = server?.trace ?? root
  if (line === true)
    runInContext({ requestId, trace, ...(server === undefined ? {} : { span: server }) }, () =>
      logger.info({ event: 'call', operation, status: 'OK', caller: 'orders', duration_ms: 1.2 }, 'call'),
    )
  server?.set({ 'rpc.response.status_code': 'OK', 'rpc.caller': 'orders' })
  server?.end()
  if (measurements === true) catalogue.metrics.observe('rpc_server_call_duration_seconds', { ...outcome, caller: 'orders' }, 0.0012, trace)
  client?.set({ 'server.address': '127.0.0.1', 'server.port': 3_000, 'rpc.response.status_code': 'OK' })
  client?.end()
  if (measurements === true) orders.metrics.observe('rpc_client_call_duration_seconds', outcome, 0.0014, client?.trace ?? root)
}

async function see({ calls }: { calls: number }): Promise<number[]> {
  for (let at = 0; at < calls; at += 1) {
    seeOnce()
    if (at % callsInATurn === 0) await turn()
  }
  // nobody waits for any of it
  return [0]
}

serveBenchmark({ calls: see }, catalogue)
