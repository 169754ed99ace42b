import type { EventSnapshot } from '../contract-snapshot.ts'
import type { Change } from '../finding.ts'
import { isSame } from '../schemas/schema-node.ts'
import { castChanges } from './cast-changes.ts'
import type { Versions } from './contract-version.ts'
import { shapeChanges } from './shape-changes.ts'
import { twinIn } from './twin-in.ts'

/** Lists the changes of events, told from each other by their subjects: another version is another event. */
export function eventChanges(contract: string, versions: Versions): Change[] {
  const [old, now] = [versions.before.snapshot.events, versions.after.snapshot.events]
  const subjects = [...new Set([...Object.keys(old), ...Object.keys(now)])]
  const readAs = (subject: string): string => {
    const earlier = Object.keys(old).filter((one) => versions.after.casts?.newestOf(one) === subject)
    return earlier.length === 0 ? '' : `; messages on ${earlier.join(' and ')} are read as it`
  }
  return subjects.flatMap((subject): Change[] => {
    const [was, is] = [old[subject], now[subject]]
    if (was !== undefined && is !== undefined) return changesWithin(contract, versions, { was, is })
    if (was !== undefined) {
      const place = { part: 'event', event: was.name, subject } as const
      const heir = twinIn(was, { from: now, without: old })
      const lost = was.isAnnounced
        ? `nobody hears of it on ${subject} any more`
        : `its messages that are kept somewhere cannot be read any more`
      const said = `was removed${heir === undefined ? '' : ` (renamed to ${heir}?)`}: ${lost}`
      return [{ contract, place, level: 'breaking', path: [], aspect: 'removed', said }]
    }
    const place = { part: 'event', event: is?.name ?? '', subject } as const
    return [{ contract, place, level: 'minor', path: [], aspect: 'added', said: `was added on ${subject}${readAs(subject)}` }]
  })
}

function changesWithin(contract: string, versions: Versions, { was, is }: { was: EventSnapshot; is: EventSnapshot }): Change[] {
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
    at: { subject: is.subject },
    place: { part: 'data', event: is.name, subject: is.subject },
    shapes: { before: was.data, after: is.data },
  })
  return [...roles, ...announcing(change, { was, is }), ...deprecated, ...data, ...castChanges(contract, versions, { was, is })]
}

function announcing(change: Pick<Change, 'contract' | 'place' | 'path'>, { was, is }: { was: EventSnapshot; is: EventSnapshot }): Change[] {
  if (was.isAnnounced === is.isAnnounced) return []
  return is.isAnnounced
    ? [{ ...change, level: 'minor', aspect: 'announced', said: `is told on ${is.subject} again` }]
    : [
        {
          ...change,
          level: 'breaking',
          aspect: 'withdrawn',
          said: `is not told on ${is.subject} any more: who reads this version hears nothing`,
        },
      ]
}

const ordering = { aggregate: 'is ordered', key: 'is partitioned' } as const
