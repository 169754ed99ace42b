import { dedupeWindowMs, type StreamSpec } from '@ashlar/contract'

/** A JetStream stream in the broker's own words, as `nats stream add --config` reads it; times are nanoseconds. Replicas are left to the deployment. */
export interface JetStream {
  readonly name: string
  readonly subjects: readonly string[]
  readonly storage: 'file'
  readonly retention: 'limits' | 'workqueue'
  readonly discard: 'new' | 'old'
  readonly max_age: number
  readonly max_bytes: number
  readonly max_msgs: number
  readonly max_msg_size: number
  readonly duplicate_window: number
}

const nanosecondsPerMs = 1_000_000

/** Writes a stream as the platform makes it. */
export function jetStreamOf(spec: StreamSpec): JetStream {
  return {
    name: spec.name,
    subjects: spec.subjects,
    storage: 'file',
    retention: spec.retention === 'until-done' ? 'workqueue' : 'limits',
    discard: spec.onFull === 'refuse' ? 'new' : 'old',
    max_age: spec.maxAgeMs * nanosecondsPerMs,
    max_bytes: spec.maxBytes,
    max_msgs: spec.maxMessages,
    max_msg_size: spec.maxMessageBytes,
    duplicate_window: dedupeWindowMs(spec) * nanosecondsPerMs,
  }
}
