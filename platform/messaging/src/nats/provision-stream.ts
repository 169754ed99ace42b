import type { StreamSpec } from '@ashlar/contract'
import type { JetStreamManager, StreamInfo } from '@nats-io/jetstream'
import { BrokerDriftError, BrokerUnavailableError, StreamMissingError } from '../errors.ts'
import { widenedStream } from '../widen-stream.ts'
import { apiCodes, asOutage, forbiddenIn, hasCode } from './api-errors.ts'
import type { Session } from './nats-link.ts'
import { configOf, limitsOf, specOf } from './stream-config.ts'

/**
 * Makes a stream, or widens the one there is. Throws `BrokerDriftError` for one that cannot become what is asked for,
 * `BrokerUnavailableError` when the broker does not answer, has no disk space left to set aside, or has no such stream yet
 * and this user may not make it; `BrokerForbiddenError` where it may not widen it.
 */
export async function provisionStream({ admin, user }: Session, { spec, replicas }: { spec: StreamSpec; replicas: number }): Promise<void> {
  try {
    const existing = (await find(admin, spec.name)) ?? (await create(admin, { spec, replicas }))
    const widened = existing === undefined ? undefined : widenedStream(specOf(existing.config), spec)
    if (widened !== undefined) await admin.streams.update(spec.name, limitsOf(widened))
  } catch (error) {
    if (error instanceof BrokerDriftError) throw error
    if (hasCode(error, apiCodes.subjectsOverlap)) throw await overlapOf(admin, { spec, cause: error })
    if (hasCode(error, apiCodes.noStorageLeft))
      throw new BrokerUnavailableError(`no disk space to set ${spec.maxBytes} bytes aside for stream ${spec.name}`, { cause: error })
    throw missingIn(error, { stream: spec.name, user }) ?? asOutage(error, `making stream ${spec.name}`, user)
  }
}

// Who owns the stream makes it, or the operator: until then it is as if the broker were away.
function missingIn(error: unknown, { stream, user }: { stream: string; user: string | undefined }): BrokerUnavailableError | undefined {
  const forbidden = forbiddenIn(error, user)
  if (forbidden?.subject !== `$JS.API.STREAM.CREATE.${stream}`) return undefined
  return new StreamMissingError(stream, forbidden)
}

async function find(admin: JetStreamManager, name: string): Promise<StreamInfo | undefined> {
  try {
    return await admin.streams.info(name)
  } catch (error) {
    if (hasCode(error, apiCodes.streamNotFound)) return undefined
    throw error
  }
}

// Gives the stream of another instance that was quicker with another configuration; nothing when ours was made.
async function create(
  admin: JetStreamManager,
  { spec, replicas }: { spec: StreamSpec; replicas: number },
): Promise<StreamInfo | undefined> {
  try {
    await admin.streams.add(configOf(spec, replicas))
    return undefined
  } catch (error) {
    if (hasCode(error, apiCodes.streamInUse)) return admin.streams.info(spec.name)
    throw error
  }
}

async function overlapOf(admin: JetStreamManager, { spec, cause }: { spec: StreamSpec; cause: unknown }): Promise<BrokerDriftError> {
  const owners = new Set<string>()
  for (const subject of spec.subjects) for await (const owner of admin.streams.names(subject)) if (owner !== spec.name) owners.add(owner)
  return new BrokerDriftError(
    `stream ${spec.name} asks for subjects that ${[...owners].join(', ')} has already; no two streams may overlap`,
    { cause },
  )
}
