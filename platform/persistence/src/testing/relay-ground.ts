import { newId, readEnvelope, type Bus, type Delivery } from '@ashlar/messaging'
import { createTelemetry, type Telemetry } from '@observability/telemetry'
import type { Database } from '../database.ts'
import { emitEvents } from '../outbox/emit-events.ts'
import { enqueue } from '../outbox/enqueue.ts'
import { startRelay, type Relay } from '../relay/start-relay.ts'
import { silent, testContract, testStream } from './test-ground.ts'

/** What one test sends and hears. */
export class Parcels {
  readonly contract = testContract()
  readonly stream = testStream(this.contract)
  readonly deliveries: Delivery[] = []

  /** Moves one parcel a number of times, each in a transaction of its own. */
  async move(database: Database, parcelId: string, ...places: string[]): Promise<void> {
    for (const place of places) {
      await database.transaction((tx) =>
        emitEvents(tx, { service: this.contract.name, events: [{ event: this.contract.events.parcelMoved, data: { parcelId, place } }] }),
      )
    }
  }

  /** Writes a message of its own making; its subject may be one that no stream takes. */
  send(database: Database, message: { subject: string; orderingKey: string; availableAt?: Date }): Promise<string> {
    const { availableAt, ...rest } = message
    return database.transaction((tx) => enqueue(tx, { ...rest, id: newId(), headers: {}, payload: '{}' }, { availableAt }))
  }

  /** Makes the stream and notes everything that arrives on it, repeats included. */
  async listen(bus: Bus): Promise<void> {
    await bus.ensureStream(this.stream)
    await bus.consume(
      { stream: this.stream.name, name: 'listener', subjects: this.stream.subjects, concurrency: 16, ackWaitMs: 10_000 },
      async (delivery) => {
        this.deliveries.push(delivery)
        return { kind: 'done' }
      },
    )
  }

  /** What arrived about one parcel, in the order of the stream. */
  history(parcelId: string): { version: number; place: string; id: string }[] {
    return this.deliveries
      .toSorted((a, b) => a.sequence - b.sequence)
      .map(({ payload }) => readEnvelope(payload))
      .filter(({ subject }) => subject === parcelId)
      .map(({ id, aggregateversion = 0, data }) => ({ id, version: aggregateversion, place: (data as { place: string }).place }))
  }

  places(parcelId: string): string[] {
    return this.history(parcelId).map(({ place }) => place)
  }
}

/** Starts a relay that keeps quiet. */
export function quietRelay(options: { database: Database; url: string; bus: Bus; telemetry?: Telemetry }): Promise<Relay> {
  return startRelay({ telemetry: createTelemetry('parcels'), ...options, service: 'parcels', logger: silent })
}

/** How many messages wait. */
export async function pendingIn(database: Database): Promise<number> {
  const [row] = await database.query<{ pending: number }>('select count(*) as pending from platform.outbox where published_at is null')
  return row?.pending ?? -1
}
