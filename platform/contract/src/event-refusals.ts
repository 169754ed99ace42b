import type { ContractProblem } from './contract-refused.ts'
import { deprecationProblems, fieldDeprecationProblems } from './deprecation-refusals.ts'
import type { Draft } from './draft.ts'
import { bareEvent, type AnyEvent } from './event.ts'
import { nameProblems, twinProblems } from './name-refusals.ts'
import { schemaProblems } from './schema-refusals.ts'
import { isRequiredText, isSchema, shapesOf } from './walk-schema.ts'

/** Lists what is wrong with each event by itself and with all of them together. */
export function eventProblems({ events }: Draft): ContractProblem[] {
  const others = Object.keys(events)
  const problems = Object.entries(events).flatMap(([name, event]) => {
    const path = `events.${name}`
    return [
      ...nameProblems('event', name, path),
      ...versionProblems(event.version, path),
      ...schemaProblems(event.data, `${path}.data`),
      ...fieldDeprecationProblems(event.data, `${path}.data`),
      ...deprecationProblems({ deprecation: event.deprecated, name, others }, `${path}.deprecated`),
      ...(isSchema(event.data) ? placeProblems(event, path) : []),
    ]
  })
  return [...problems, ...repeatedEvents(events), ...twinProblems(Object.keys(events), (name) => `events.${name}`)]
}

/** Complains about a version that is not 1, 2, 3 and so on. */
export function versionProblems(version: number, path: string): ContractProblem[] {
  if (Number.isInteger(version) && version >= 1) return []
  return [{ path: path === '' ? 'version' : `${path}.version`, problem: `${version} is no version`, hint: 'use a whole number from 1' }]
}

// The relay orders by the one and consumers may partition by the other, so each must be in every event, as text.
function placeProblems(event: AnyEvent, path: string): ContractProblem[] {
  const shapes = shapesOf(event.data)
  if (shapes.length === 0) return [{ path: `${path}.data`, problem: 'the data of an event is an object', hint: 'use z.object({ … })' }]
  return (['aggregate', 'key'] as const).flatMap((role) => {
    const field = event[role]
    if (shapes.every((shape) => isRequiredText(shape[field]))) return []
    return [
      {
        path: `${path}.${role}`,
        problem: `"${field}" is not a required string of the event's data`,
        hint: 'name a field of data that is a string and always there',
      },
    ]
  })
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
