import { AlwaysOnSampler, AlwaysOffSampler, ParentBasedSampler, TraceIdRatioBasedSampler, type Sampler } from '@opentelemetry/sdk-trace'
import type { SamplerSettings } from './settings.ts'

/** Makes what decides which traces are recorded. Whether anybody listens is asked before, without OpenTelemetry. */
export function samplerOf({ followsParent, ratio }: SamplerSettings): Sampler {
  const root = ratio === 1 ? new AlwaysOnSampler() : ratio === 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio)
  return followsParent ? new ParentBasedSampler({ root }) : root
}
