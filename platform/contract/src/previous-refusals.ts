import type { ContractProblem } from './contract-refused.ts'
import type { AnyEvent } from './event.ts'
import { shapeProblems } from './event-shape-refusals.ts'

/** Lists what is wrong with the earlier versions of an event. */
export function previousProblems({ previous, version, aggregate, key }: AnyEvent, path: string): ContractProblem[] {
  if (previous === undefined) return []
  const { event: before, upcast } = previous
  const at = `${path}.previous`
  if (before.version !== version - 1)
    return [{ path: `${at}.event`, problem: `version ${before.version} does not come before version ${version}`, hint: 'leave none out' }]
  return [
    ...(typeof upcast === 'function'
      ? []
      : [
          {
            path: `${at}.upcast`,
            problem: 'nothing says how messages of old are read',
            hint: 'make the data of this version of the other',
          },
        ]),
    ...(['aggregate', 'key'] as const).flatMap((role) =>
      before[role] === { aggregate, key }[role]
        ? []
        : [
            {
              path: `${at}.event.${role}`,
              problem: `it is "${before[role]}" in one version and "${{ aggregate, key }[role]}" in the next`,
              hint: 'keep it: whose history an event belongs to cannot change',
            },
          ],
    ),
    ...shapeProblems(before, `${at}.event`),
    ...previousProblems(before, `${at}.event`),
  ]
}
