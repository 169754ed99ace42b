import { dedupeWindowMs, type StreamSpec } from '@ashlar/contract'
import { DiscardPolicy, RetentionPolicy, StorageType, type StreamConfig } from '@nats-io/jetstream'
import { millis, nanos } from '@nats-io/transport-node'
import { BrokerDriftError } from '../errors.ts'

/** Gives a stream's configuration in the broker's terms. Kept on disk; the broker asks for -1 where a limit is none. */
export function configOf(spec: StreamSpec, replicas: number): Partial<StreamConfig> & { name: string } {
  return {
    name: spec.name,
    storage: StorageType.File,
    num_replicas: replicas,
    retention: spec.retention === 'until-done' ? RetentionPolicy.Workqueue : RetentionPolicy.Limits,
    discard: spec.onFull === 'refuse' ? DiscardPolicy.New : DiscardPolicy.Old,
    duplicate_window: nanos(dedupeWindowMs(spec)),
    ...limitsOf(spec),
  }
}

/** Gives the part of a stream's configuration that may grow. */
export function limitsOf(spec: StreamSpec): Pick<StreamConfig, 'subjects' | 'max_age' | 'max_bytes' | 'max_msgs' | 'max_msg_size'> {
  return {
    subjects: [...spec.subjects],
    max_age: spec.maxAgeMs > 0 ? nanos(spec.maxAgeMs) : 0,
    max_bytes: spec.maxBytes > 0 ? spec.maxBytes : -1,
    max_msgs: spec.maxMessages > 0 ? spec.maxMessages : -1,
    max_msg_size: spec.maxMessageBytes > 0 ? spec.maxMessageBytes : -1,
  }
}

/** Reads the broker's configuration back. Throws `BrokerDriftError` for a stream the platform would never make. */
export function specOf(config: StreamConfig): StreamSpec {
  const { name, storage, retention } = config
  if (storage !== StorageType.File)
    throw new BrokerDriftError(`stream ${name} exists with storage ${storage}, but file is asked for; delete it or change its name`)
  if (retention === RetentionPolicy.Interest)
    throw new BrokerDriftError(
      `stream ${name} exists with retention interest, but limits or workqueue is asked for; delete it or change its name`,
    )
  return {
    name,
    subjects: config.subjects ?? [],
    onFull: config.discard === DiscardPolicy.New ? 'refuse' : 'drop-oldest',
    retention: retention === RetentionPolicy.Workqueue ? 'until-done' : 'limits',
    maxAgeMs: millis(config.max_age),
    maxBytes: config.max_bytes,
    maxMessages: config.max_msgs,
    maxMessageBytes: config.max_msg_size ?? -1,
  }
}
