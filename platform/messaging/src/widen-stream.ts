import type { StreamSpec } from '@ashlar/contract'
import { BrokerDriftError } from './errors.ts'

/**
 * Gives what an existing stream must become so that it serves `wanted` too: every subject and the wider of each limit,
 * never less than it has. `undefined` when it serves already. Throws `BrokerDriftError`, naming both, where the two
 * cannot be one stream.
 */
export function widenedStream(existing: StreamSpec, wanted: StreamSpec): StreamSpec | undefined {
  refuseDifferent(wanted.name, { what: 'onFull', existing: existing.onFull, wanted: wanted.onFull })
  refuseDifferent(wanted.name, { what: 'retention', existing: existing.retention ?? 'limits', wanted: wanted.retention ?? 'limits' })
  const widened: StreamSpec = {
    ...existing,
    subjects: [...new Set([...existing.subjects, ...wanted.subjects])],
    maxAgeMs: wider(existing.maxAgeMs, wanted.maxAgeMs),
    maxBytes: wider(existing.maxBytes, wanted.maxBytes),
    maxMessages: wider(existing.maxMessages, wanted.maxMessages),
    maxMessageBytes: wider(existing.maxMessageBytes, wanted.maxMessageBytes),
  }
  return limitsOf(widened) === limitsOf(existing) && widened.subjects.length === existing.subjects.length ? undefined : widened
}

function refuseDifferent(stream: string, given: { what: string; existing: string; wanted: string }): void {
  if (given.existing === given.wanted) return
  throw new BrokerDriftError(
    `stream ${stream} exists with ${given.what} ${given.existing}, but ${given.wanted} is asked for; delete it or change its name`,
  )
}

// Nothing or less stands for no limit at all.
function wider(one: number, other: number): number {
  return one <= 0 || other <= 0 ? 0 : Math.max(one, other)
}

function limitsOf(spec: StreamSpec): string {
  return [spec.maxAgeMs, spec.maxBytes, spec.maxMessages, spec.maxMessageBytes].map((limit) => Math.max(0, limit)).join()
}
