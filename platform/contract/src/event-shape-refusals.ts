import type { ContractProblem } from './contract-refused.ts'
import { fieldDeprecationProblems } from './deprecation-refusals.ts'
import type { AnyEvent } from './event.ts'
import { schemaProblems } from './schema-refusals.ts'
import { isRequiredText, isSchema, shapesOf } from './walk-schema.ts'

/** Lists what is wrong with the data of an event, and with where its aggregate and key are. */
export function shapeProblems(event: AnyEvent, path: string): ContractProblem[] {
  return [
    ...schemaProblems(event.data, `${path}.data`),
    ...fieldDeprecationProblems(event.data, `${path}.data`),
    ...(isSchema(event.data) ? placeProblems(event, path) : []),
  ]
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
