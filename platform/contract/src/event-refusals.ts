import type { ContractProblem } from './contract-refused.ts'
import { deprecationProblems } from './deprecation-refusals.ts'
import type { Draft } from './draft.ts'
import { bareEvent, type AnyEvent } from './event.ts'
import { shapeProblems } from './event-shape-refusals.ts'
import { nameProblems, twinProblems } from './name-refusals.ts'
import { previousProblems } from './previous-refusals.ts'

/** Lists what is wrong with each event by itself and with all of them together. */
export function eventProblems({ events }: Draft): ContractProblem[] {
  const others = Object.keys(events)
  const problems = Object.entries(events).flatMap(([name, event]) => {
    const path = `events.${name}`
    return [
      ...nameProblems('event', name, path),
      ...versionProblems(event.version, path),
      ...shapeProblems(event, path),
      ...deprecationProblems({ deprecation: event.deprecated, name, others }, `${path}.deprecated`),
      ...previousProblems(event, path),
    ]
  })
  return [...problems, ...repeatedEvents(events), ...twinProblems(Object.keys(events), (name) => `events.${name}`)]
}

/** Complains about a version that is not 1, 2, 3 and so on. */
export function versionProblems(version: number, path: string): ContractProblem[] {
  if (Number.isInteger(version) && version >= 1) return []
  return [{ path: path === '' ? 'version' : `${path}.version`, problem: `${version} is no version`, hint: 'use a whole number from 1' }]
}

function repeatedEvents(events: Draft['events']): ContractProblem[] {
  const seen = new Map<AnyEvent, string>()
  return Object.entries(events).flatMap(([name, event]) => {
    const twin = seen.get(bareEvent(event))
    if (twin === undefined) seen.set(bareEvent(event), name)
    return twin === undefined
      ? []
      : [{ path: `events.${name}`, problem: `this event is listed twice, first as ${twin}`, hint: 'list it once, under one name' }]
  })
}
