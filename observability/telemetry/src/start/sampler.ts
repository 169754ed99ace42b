import { isSampled, type TraceContext } from '../trace-context.ts'
import type { SamplerSettings } from './settings.ts'

/** Says whether a span is recorded, before it begins. */
export type Wants = (traceId: string, parent: TraceContext | undefined) => boolean

// The last 56 bits of an id are random (W3C Trace Context level 2); 48 of them are ratio enough, and a number holds them.
const randomDigits = 12
const randomValues = 2 ** (4 * randomDigits)

/**
 * Makes what decides which traces are recorded: those whose random part lies in the upper share given, which is the same everywhere
 * (https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/).
 */
export function wantsOf({ followsParent, ratio }: SamplerSettings): Wants {
  const threshold = (1 - ratio) * randomValues
  const isInShare = (traceId: string): boolean => ratio === 1 || Number.parseInt(traceId.slice(-randomDigits), 16) >= threshold
  return (traceId, parent) => (followsParent && parent !== undefined ? isSampled(parent) : isInShare(traceId))
}
