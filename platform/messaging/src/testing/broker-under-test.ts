import type { StreamSpec } from '@ashlar/contract'
import { vi } from 'vitest'
import { createLogger, type Logger } from '@observability/telemetry'
import type { Bus, ConsumerSpec, OutgoingMessage } from '../bus.ts'
import type { DeadLetters } from '../dead-letters.ts'
import { newId } from '../new-id.ts'

/** A broker that the suites are held against. */
export interface BrokerUnderTest {
  /** Gives a bus on it; each call may be another connection. */
  open(): Promise<Bus>
  deadLetters(): Promise<DeadLetters>
}

/** Gives a stream that no other test has, with small limits where a test wants them. */
export function testStream(limits: Partial<StreamSpec> = {}): StreamSpec {
  const name = uniqueName()
  const roomy = { maxAgeMs: 0, maxBytes: 1_000_000, maxMessages: 1_000, maxMessageBytes: 100_000 }
  return { name: `EVENTS_${name}`, subjects: [`${name}.*.*`], onFull: 'drop-oldest', ...roomy, ...limits }
}

/** Gives a name that no other test has. */
export function uniqueName(): string {
  return `t${newId().replaceAll('-', '').slice(-12)}`
}

/** Gives the subject of the one event of a test stream. */
export function subjectOf({ subjects: [pattern = ''] }: StreamSpec): string {
  return pattern.replace('*', 'happened').replace('*', 'v1')
}

/** Gives a message for a stream, under a transport id of its own. */
export function messageTo(stream: StreamSpec, payload: string): OutgoingMessage {
  return { transportId: newId(), subject: subjectOf(stream), headers: { traceparent: 'kept' }, payload }
}

/** Collects what a logger writes, one object a line. */
export function recordingLogger(): { logger: Logger; lines: Record<string, unknown>[] } {
  const lines: Record<string, unknown>[] = []
  const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(JSON.parse(line)) } })
  return { logger, lines }
}

/** A bus on a broker under test, with a stream that is made already. */
export interface Prepared {
  readonly broker: BrokerUnderTest
  readonly bus: Bus
  readonly stream: StreamSpec
}

/** Opens a bus and makes a stream of the test's own. */
export async function prepare(start: () => Promise<BrokerUnderTest>, limits?: Partial<StreamSpec>): Promise<Prepared> {
  const broker = await start()
  const bus = await broker.open()
  const stream = testStream(limits)
  await bus.ensureStream(stream)
  return { broker, bus, stream }
}

/** Gives a consumer of a test stream. */
export function consumerOf(stream: StreamSpec, wish: Partial<ConsumerSpec> = {}): ConsumerSpec {
  return { stream: stream.name, name: 'reader', subjects: [subjectOf(stream)], concurrency: 4, ackWaitMs: 30_000, ...wish }
}

/** Publishes one message after the other. */
export async function publishAll(bus: Bus, { stream, payloads }: { stream: StreamSpec; payloads: readonly string[] }): Promise<void> {
  for (const payload of payloads) await bus.publish(messageTo(stream, payload))
}

/** Waits until an expectation holds; long enough for a machine with much else to do. */
export async function eventually(expectation: () => unknown): Promise<void> {
  await vi.waitFor(expectation, { timeout: 20_000, interval: 10 })
}
