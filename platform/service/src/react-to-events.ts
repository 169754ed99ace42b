import { kebabCase, typesReadAs } from '@ashlar/contract'
import { runConsumer, streamsOf, type Bus, type RunningConsumer } from '@ashlar/messaging'
import type { Reaction } from './handlers.ts'
import type { Hosted } from './hosted.ts'
import { outlastingOutages } from './outlast-outages.ts'
import { reactorOf } from './run-reaction.ts'

/** Makes a service react to events, each reaction with a consumer of its own and the order it asks for. */
export function reactToEvents(hosted: Hosted, bus: Bus): (() => Promise<RunningConsumer>)[] {
  return Object.entries(hosted.definition.reactions).map(([name, reaction]) => {
    const { event, options } = reaction
    const consumer = kebabCase(name)
    const react = reactorOf(hosted, reaction, consumer)
    return () =>
      runConsumer({
        bus,
        service: hosted.definition.contract.name,
        name: consumer,
        stream: streamsOf({ name: event.contract }).events,
        // strict order needs every version of the aggregate, so also the events that are not reacted to
        subjects: options.order === 'strict' ? event.lineage : typesReadAs(event),
        concurrency: options.concurrency ?? concurrencyOf(reaction),
        ...(options.maxAttempts === undefined ? {} : { maxAttempts: options.maxAttempts }),
        logger: hosted.logger,
        telemetry: hosted.telemetry,
        handle: outlastingOutages(hosted, react),
      })
  })
}

function concurrencyOf({ options, shape }: Reaction): number {
  // one at a time, versions come in turn; several would mostly wait for each other
  if (options.order === 'strict') return 1
  return shape === 'local' ? 4 : 16
}
