import type { EventSnapshot } from '../contract-snapshot.ts'
import type { Change } from '../finding.ts'
import { isSame } from '../schemas/schema-node.ts'
import type { Versions } from './contract-version.ts'
import { shapeChanges } from './shape-changes.ts'
import { twinIn } from './twin-in.ts'

type Named = EventSnapshot & { readonly name: string }

/** Lists the changes of events, told from each other by their subjects: another version is another event. */
export function eventChanges(contract: string, versions: Versions): Change[] {
  const [old, now] = [bySubject(versions.before.snapshot.events), bySubject(versions.after.snapshot.events)]
  const subjects = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  return subjects.flatMap((subject): Change[] => {
    const [was, is] = [old[subject], now[subject]]
    if (was !== undefined && is !== undefined) return changesWithin(contract, versions, { was, is })
    if (was !== undefined) {
      const place = { part: 'event', event: was.name, subject } as const
      const heir = twinIn(was, { from: now, without: old })
      const said = `was removed${heir === undefined ? '' : ` (renamed to ${heir}?)`}: nobody hears of it on ${subject} any more`
      return [{ contract, place, level: 'breaking', path: [], aspect: 'removed', said }]
    }
    const place = { part: 'event', event: is?.name ?? '', subject } as const
    return [{ contract, place, level: 'minor', path: [], aspect: 'added', said: `was added on ${subject}` }]
  })
}

function changesWithin(contract: string, versions: Versions, { was, is }: { was: Named; is: Named }): Change[] {
  const change = { contract, place: { part: 'event', event: is.name, subject: is.subject } as const, path: [] }
  const roles: Change[] = (['aggregate', 'key'] as const).flatMap((role) =>
    was[role] === is[role]
      ? []
      : [{ ...change, level: 'breaking' as const, aspect: role, said: `${ordering[role]} by ${is[role]}, was by ${was[role]}` }],
  )
  const deprecated: Change[] = isSame(was.deprecated, is.deprecated)
    ? []
    : [
        {
          ...change,
          level: 'minor',
          aspect: 'deprecated',
          said: is.deprecated === undefined ? 'is not deprecated any more' : 'is deprecated',
        },
      ]
  const data = shapeChanges(contract, versions, {
    role: 'event',
    at: { event: is.name },
    place: { part: 'data', event: is.name, subject: is.subject },
    shapes: { before: was.data, after: is.data },
  })
  return [...roles, ...deprecated, ...data]
}

const ordering = { aggregate: 'is ordered', key: 'is partitioned' } as const

function bySubject(events: Readonly<Record<string, EventSnapshot>>): Record<string, Named> {
  return Object.fromEntries(Object.entries(events).map(([name, event]) => [event.subject, { ...event, name }]))
}
