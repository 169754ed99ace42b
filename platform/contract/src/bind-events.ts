import type { AnyEvent, BoundEvent } from './event.ts'
import { kebabCase } from './kebab-case.ts'

/** Binds events, with their earlier versions, to the contract that lists them. */
export function bindEvents(contract: string, events: Readonly<Record<string, AnyEvent>>): Record<string, BoundEvent> {
  const typeOf = (name: string, { version }: AnyEvent): string => `${contract}.${kebabCase(name)}.v${version}`

  const lineageOf = (name: string, versions: readonly AnyEvent[]): string[] =>
    Object.entries(events)
      .filter(([, fact]) => fact.aggregate === versions[0]?.aggregate)
      // a later version of the event itself tells the same fact once more
      .flatMap(([one, fact]) => (one === name ? versions : versionsOf(fact)).map((version) => typeOf(one, version)))

  const bind = (name: string, [fact, ...older]: readonly [AnyEvent, ...AnyEvent[]]): BoundEvent => {
    const [next, ...oldest] = older
    const before = next === undefined ? undefined : bind(name, [next, ...oldest])
    return {
      ...fact,
      contract,
      name,
      type: typeOf(name, fact),
      lineage: lineageOf(name, [fact, ...older]),
      earlier: before === undefined ? [] : [before, ...before.earlier],
      declared: fact,
    }
  }
  return Object.fromEntries(Object.entries(events).map(([name, fact]) => [name, bind(name, versionsOf(fact))]))
}

function versionsOf(fact: AnyEvent): [AnyEvent, ...AnyEvent[]] {
  return fact.previous === undefined ? [fact] : [fact, ...versionsOf(fact.previous.event)]
}
