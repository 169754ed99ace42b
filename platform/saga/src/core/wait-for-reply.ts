import type { StepPolicy } from '../definition.ts'

const longestWaitMs = 60_000

/**
 * Gives how long to wait for the answer to the given attempt: the policy's time, doubled with each attempt up to a
 * minute (or the policy's own time, if longer), and up to a quarter more, so that sagas of one outage do not return together.
 */
export function replyWaitMs({ timeoutMs }: Required<StepPolicy>, attempt: number, random: number): number {
  const doubled = timeoutMs * 2 ** Math.min(attempt - 1, 20)
  return Math.round(Math.min(doubled, Math.max(timeoutMs, longestWaitMs)) * (1 + random / 4))
}
