import { connectNats, deadLetterStream, streamsOf, type Bus, type StreamSpec } from '@ashlar/messaging'
import { createLogger } from '@observability/telemetry'

export interface StreamsWanted {
  /** The operator's address. */
  readonly url: string
  readonly services: readonly string[]
}

/**
 * Makes every service's streams, or widens them, as migrations do with tables; and makes them again, for as long as
 * what it gives is open, whenever the broker comes back without them. Safe to repeat.
 */
export async function prepareStreams({ url, services }: StreamsWanted): Promise<Bus> {
  // What is wrong with the broker the services say, each for itself.
  const bus = await connectNats({ url, name: 'supervisor', logger: createLogger({ service: 'dev', level: 'silent' }) })
  try {
    await makeStreams(bus, services)
    return bus
  } catch (error) {
    await bus.close()
    throw error
  }
}

/** Makes the streams of services over the operator's connection, or widens them. Safe to repeat. */
export async function makeStreams(operator: Bus, services: readonly string[]): Promise<void> {
  await Promise.all(services.flatMap(streamsOfService).map((stream) => operator.ensureStream(stream)))
}

function streamsOfService(name: string): StreamSpec[] {
  return [...Object.values(streamsOf({ name })), deadLetterStream(name)]
}
