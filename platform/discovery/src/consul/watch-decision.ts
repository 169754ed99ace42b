import { believe, mentionsNobody, type Heard } from '../known-instances.ts'
import type { Instance } from '../registry.ts'

/** Longest time in milliseconds that one blocking query stays open when nothing changes. */
const longestWaitMs = 30_000
/** How long silence about known instances is not believed; registrants that were forgotten are back well within it. */
export const doubtMs = 30_000

/** What one watch knows: all that its next request and its routing table depend on. */
export interface WatchState {
  /** Index to ask after; 0 asks for an answer at once. */
  readonly index: number
  readonly known: readonly Instance[]
  readonly failures: number
  /** Until then a known instance is kept although answers no longer mention it. */
  readonly doubtUntil: number
  /** The last answer mentioned nobody: the leader itself is asked before that is believed. */
  readonly isVerifying: boolean
}

export interface HealthRequest {
  readonly index: number
  readonly waitMs: number
  readonly consistency: 'stale' | 'consistent'
}

export interface HealthAnswer {
  readonly index: number
  readonly heard: Heard
}

/** A watch that has heard nothing yet. */
export const unheard: WatchState = { index: 0, known: [], failures: 0, doubtUntil: -Infinity, isVerifying: false }

/** Says what to ask next: in doubt the query returns when the doubt ends, so that what is gone can go. */
export function nextRequest(state: WatchState, now: number): HealthRequest {
  if (state.isVerifying) return { index: 0, waitMs: 0, consistency: 'consistent' }
  const doubtLeftMs = state.doubtUntil - now
  const waitMs = doubtLeftMs > 0 ? Math.max(1, Math.min(longestWaitMs, doubtLeftMs)) : longestWaitMs
  return { index: state.index, waitMs, consistency: 'stale' }
}

/**
 * Takes an answer into account. Doubt begins when Consul was away or its index went back: either may mean that it lost its
 * memory. Outside a doubt a missing instance is believed to have deregistered: only a write to Consul's log can remove it.
 */
export function afterAnswer(state: WatchState, { index, heard }: HealthAnswer, now: number): WatchState {
  const mayHaveForgotten = state.known.length > 0 && (state.failures > 0 || index < state.index)
  const doubtUntil = mayHaveForgotten ? now + doubtMs : state.doubtUntil
  const next = { ...state, index: indexAfter(state.index, index), failures: 0, doubtUntil }
  if (mentionsNobody(heard) && state.known.length > 0 && !state.isVerifying) return { ...next, isVerifying: true }
  return { ...next, known: believe(state.known, heard, now < doubtUntil ? 'doubted' : 'trusted'), isVerifying: false }
}

/**
 * Takes a failed request into account: what is known stays, and the next read asks for an answer at once, because a Consul that
 * lost its memory would wait for an index it has not reached yet.
 */
export function afterFailure(state: WatchState): WatchState {
  return { ...state, index: 0, failures: state.failures + 1, isVerifying: false }
}

// An index that went back starts over; 0 would turn blocking queries into a spin.
function indexAfter(asked: number, answered: number): number {
  return answered < asked ? 0 : Math.max(1, answered)
}
