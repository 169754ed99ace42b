import type { Instance } from './registry.ts'

/** One answer about a service: who passes, and the ids of those listed but failing. Whoever is in neither was not mentioned. */
export interface Heard {
  readonly passing: readonly Instance[]
  readonly failing: readonly string[]
}

/** `doubted` when the registry may have forgotten what it knew. */
export type Trust = 'trusted' | 'doubted'

/** Tells whether an answer mentions no instance at all. */
export function mentionsNobody(heard: Heard): boolean {
  return heard.passing.length === 0 && heard.failing.length === 0
}

/**
 * Says which instances to route to after an answer, sorted by id. What the answer says is always believed; its silence about a
 * known instance only when it is trusted. Gives back `known` itself when nothing changed.
 */
export function believe(known: readonly Instance[], heard: Heard, trust: Trust): readonly Instance[] {
  const mentioned = new Set([...heard.passing.map(({ id }) => id), ...heard.failing])
  const kept = trust === 'doubted' ? known.filter(({ id }) => !mentioned.has(id)) : []
  const next = [...heard.passing, ...kept].toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return JSON.stringify(next) === JSON.stringify(known) ? known : next
}
