import { randomBytes } from 'node:crypto'

/** A span as OTLP's JSON has it, all of one second. */
export interface SentSpan {
  readonly service: string
  readonly name: string
  readonly traceId: string
  readonly spanId: string
  readonly parentSpanId?: string
}

/** Gives the hexadecimal id of a trace (16 bytes) or span (8). */
export function randomId(bytes: 8 | 16): string {
  return randomBytes(bytes).toString('hex')
}

/** Sends spans to a collector, each as its own service would. Throws when one is refused. */
export async function sendSpans(otlpUrl: string, spans: readonly SentSpan[]): Promise<void> {
  const from = BigInt(Date.now()) * 1_000_000n
  const resourceSpans = spans.map(({ service, ...span }) => ({
    resource: resourceOf(service),
    scopeSpans: [
      {
        scope: { name: 'test' },
        spans: [{ ...span, kind: 2, startTimeUnixNano: String(from), endTimeUnixNano: String(from + 1_000_000_000n) }],
      },
    ],
  }))
  await post(`${otlpUrl}/v1/traces`, { resourceSpans })
}

/** Sends one log line that belongs to a span. */
export async function sendLogLine(
  otlpUrl: string,
  line: { service: string; text: string; traceId: string; spanId: string },
): Promise<void> {
  const { service, text, traceId, spanId } = line
  const record = { timeUnixNano: `${Date.now()}000000`, severityText: 'info', body: { stringValue: text }, traceId, spanId }
  const attributes = [{ key: 'order.id', value: { stringValue: 'order-7' } }]
  const logRecords = [{ ...record, attributes }]
  await post(`${otlpUrl}/v1/logs`, { resourceLogs: [{ resource: resourceOf(service), scopeLogs: [{ logRecords }] }] })
}

function resourceOf(service: string): object {
  const attributes = {
    'service.name': service,
    'service.instance.id': `${service}-1`,
    'deployment.environment.name': 'test',
    'host.name': 'here',
  }
  return { attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })) }
}

async function post(url: string, body: object): Promise<void> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`)
}
