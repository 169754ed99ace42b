import type { ExpectedSpan } from '@observability/telemetry/testing'

/** A call between two services: both sides of it, and what the one called did. */
export function call(
  method: string,
  { from, to, children = [] }: { from: string; to: string; children?: readonly ExpectedSpan[] },
): ExpectedSpan {
  return { name: method, service: from, kind: 'client', children: [{ name: method, service: to, kind: 'server', children }] }
}

/** A transaction, and what was decided in it. */
export function transaction(service: string, children: readonly ExpectedSpan[] = []): ExpectedSpan {
  return { name: 'transaction', service, kind: 'client', attributes: { 'db.namespace': service }, children }
}

/** A message handed to the broker, and what its receivers did. */
export function published(service: string, subject: string, children: readonly ExpectedSpan[] = []): ExpectedSpan {
  return { name: `publish ${subject}`, service, kind: 'producer', children }
}

/** A delivery, and what it led to. */
export function processed(service: string, subject: string, children: readonly ExpectedSpan[] = []): ExpectedSpan {
  return { name: `process ${subject}`, service, kind: 'consumer', attributes: { 'message.outcome': 'done' }, children }
}

/** A step of the checkout, and how it ended. */
export function step(name: string, outcome: 'done' | 'refused'): ExpectedSpan {
  return { name: `checkout/${name}`, service: 'orders', kind: 'internal', attributes: { 'saga.outcome': outcome } }
}
