import type { AnyBoundOperation } from '@ashlar/contract'
import { MatchersV3 } from '@pact-foundation/pact'
import { matchersOf } from './matchers-of.ts'
import { allRead } from './reading.ts'
import { shapeOf } from './schema-at.ts'
import type { ProviderState } from './story.ts'

/** Gives Pact's template of a request's input: any of the same types will do, and what the provider chooses is asked of it. */
export function requestTemplate({ input }: AnyBoundOperation, sent: unknown, given: readonly ProviderState[]): unknown {
  const chosen = new Map(given.flatMap(({ provides = {} }) => Object.entries(provides).map(([name, value]) => [value as unknown, name])))
  const template = matchersOf({ value: sent, read: allRead(sent), at: shapeOf(input), lists: 'as-they-are' })
  return injected(template, sent, chosen)
}

function injected(template: unknown, sent: unknown, chosen: ReadonlyMap<unknown, string>): unknown {
  const name = chosen.get(sent)
  if (name !== undefined) return MatchersV3.fromProviderState(`\${${name}}`, sent)
  if (typeof sent !== 'object' || sent === null || MatchersV3.isMatcher(template)) return template
  if (Array.isArray(sent)) return (template as unknown[]).map((element, at) => injected(element, sent[at], chosen))
  return Object.fromEntries(
    Object.entries(template as Record<string, unknown>).map(([field, inside]) => [
      field,
      injected(inside, Reflect.get(sent, field), chosen),
    ]),
  )
}
