import { randomBytes } from 'node:crypto'

/** A trace that somebody sent: one order at the door, and a process elsewhere that failed and links to it. */
export interface SentTraces {
  /** Names of services nobody else uses. */
  readonly door: string
  readonly readers: string
  readonly placed: string
  readonly replayed: string
}

const id = (bytes: number): string => randomBytes(bytes).toString('hex')
const attribute = (key: string, stringValue: string): object => ({ key, value: { stringValue } })

/** Sends two traces of services of their own, whose ids begin alike. */
export async function sendTraces(otlpUrl: string): Promise<SentTraces> {
  const [own, beginning] = [id(3), id(4)]
  const sent = {
    door: `gateway-${own}`,
    readers: `readers-${own}`,
    placed: `${beginning}0${id(12).slice(1)}`,
    replayed: `${beginning}1${id(12).slice(1)}`,
  }
  const now = BigInt(Date.now()) * 1_000_000n
  const lasting = (fromMs: number, ms: number): object => ({
    startTimeUnixNano: String(now + BigInt(fromMs) * 1_000_000n),
    endTimeUnixNano: String(now + BigInt(fromMs + ms) * 1_000_000n),
  })
  const [root, producer, consumer] = [id(8), id(8), id(8)]
  await post(otlpUrl, sent.door, [
    {
      traceId: sent.placed,
      spanId: root,
      name: 'POST /v1/orders',
      kind: 2,
      ...lasting(0, 300),
      attributes: [attribute('order.id', 'order-7')],
    },
    { traceId: sent.placed, spanId: producer, parentSpanId: root, name: 'publish orders.order-placed.v1', kind: 4, ...lasting(20, 5) },
  ])
  const links = [{ traceId: sent.placed, spanId: producer }]
  await post(otlpUrl, sent.readers, [
    {
      traceId: sent.placed,
      spanId: consumer,
      parentSpanId: producer,
      name: 'process orders.order-placed.v1',
      kind: 5,
      ...lasting(30, 8),
      links,
    },
    {
      traceId: sent.replayed,
      spanId: id(8),
      name: 'process orders.order-placed.v1',
      kind: 5,
      ...lasting(1_000, 50),
      links,
      status: { code: 2 },
      attributes: [attribute('error.type', 'mailbox_unreachable')],
    },
  ])
  return sent
}

async function post(otlpUrl: string, service: string, spans: readonly object[]): Promise<void> {
  const resourceSpans = [{ resource: { attributes: [attribute('service.name', service)] }, scopeSpans: [{ spans }] }]
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${otlpUrl}/v1/traces`, { method: 'POST', headers, body: JSON.stringify({ resourceSpans }) })
  if (!response.ok) throw new Error(`${otlpUrl} answered ${response.status}`)
}
