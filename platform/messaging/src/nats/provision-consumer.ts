import { AckPolicy, DeliverPolicy, ReplayPolicy, type ConsumerConfig, type ConsumerInfo, type JetStreamManager } from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { ConsumerSpec } from '../bus.ts'
import { BrokerDriftError, BrokerUnavailableError } from '../errors.ts'
import { apiCodes, asOutage, hasCode } from './api-errors.ts'
import type { Session } from './nats-link.ts'

// Messages that wait for another attempt count too, so that the number must be far above any concurrency.
const mostUnsettled = 10_000

/**
 * Makes a durable consumer, or brings the one there is up to date. It starts with the oldest message, wants every
 * message acknowledged, and never stops delivering one. Throws `BrokerDriftError` when one of another kind has its name,
 * `BrokerForbiddenError` where this user may not make it.
 */
export async function provisionConsumer({ admin, user }: Session, spec: ConsumerSpec): Promise<ConsumerInfo> {
  const wanted = configOf(spec)
  try {
    const existing = await findOrAdd(admin, { spec, wanted })
    if (existing.config.ack_policy !== AckPolicy.Explicit || existing.config.deliver_subject !== undefined) {
      throw new BrokerDriftError(
        `consumer ${spec.name} of ${spec.stream} exists with other acknowledgements than explicit ones on a pull; delete it or change its name`,
      )
    }
    return isCurrent(existing.config, wanted) ? existing : await admin.consumers.update(spec.stream, spec.name, changeable(wanted))
  } catch (error) {
    if (hasCode(error, apiCodes.streamNotFound)) throw new BrokerUnavailableError(`there is no stream ${spec.stream}`, { cause: error })
    // One number for several failures, told apart by their words.
    if (hasCode(error, apiCodes.consumerNotMade) && error instanceof Error && error.message.startsWith('error creating store'))
      throw new BrokerUnavailableError(
        `it cannot read what it stored of consumer ${spec.name}; stop it, remove streams/${spec.stream}/obs/${spec.name} from its store, start it again`,
        { cause: error },
      )
    throw asOutage(error, `making consumer ${spec.name} of ${spec.stream}`, user)
  }
}

function configOf({ name, subjects, ackWaitMs }: ConsumerSpec): ConsumerConfig {
  return {
    durable_name: name,
    ack_policy: AckPolicy.Explicit,
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_wait: nanos(ackWaitMs),
    filter_subjects: [...subjects],
    max_deliver: -1,
    max_ack_pending: mostUnsettled,
  }
}

async function findOrAdd(admin: JetStreamManager, { spec, wanted }: { spec: ConsumerSpec; wanted: ConsumerConfig }): Promise<ConsumerInfo> {
  try {
    return await admin.consumers.add(spec.stream, wanted)
  } catch (error) {
    if (hasCode(error, apiCodes.consumerExists)) return admin.consumers.info(spec.stream, spec.name)
    throw error
  }
}

function isCurrent(existing: ConsumerConfig, wanted: ConsumerConfig): boolean {
  return JSON.stringify(changeable(existing)) === JSON.stringify(changeable(wanted))
}

function changeable({ ack_wait, filter_subjects, filter_subject, max_deliver, max_ack_pending }: ConsumerConfig): Partial<ConsumerConfig> {
  const subjects = filter_subjects ?? (filter_subject === undefined ? [] : [filter_subject])
  return {
    ack_wait: ack_wait ?? 0,
    filter_subjects: subjects.toSorted(),
    max_deliver: max_deliver ?? -1,
    max_ack_pending: max_ack_pending ?? -1,
  }
}
