import { someOf } from '../../event-versions/some-of.ts'
import { valuesOfSchema } from '../../values/values-of.ts'
import type { EventSnapshot, Shape } from '../contract-snapshot.ts'
import type { Change } from '../finding.ts'
import type { Versions } from './contract-version.ts'

/**
 * Sends messages through the code that carries them between an event's versions: what lies in streams, written by the
 * version before, must be read as the newest; what is told in this version must be what its readers took so far.
 */
export function castChanges(
  contract: string,
  { before, after }: Versions,
  { was, is }: { was: EventSnapshot; is: EventSnapshot },
): Change[] {
  const { casts } = after
  const newest = casts?.newestOf(is.subject)
  const now = newest === undefined ? undefined : after.snapshot.events[newest]
  if (casts === undefined || now === undefined) return []
  const at = { subject: is.subject }
  const change = { contract, place: { part: 'data', event: is.name, subject: is.subject }, path: [], level: 'breaking' } as const

  const written = before.judge(at, was.data, 'writes')
  const lost = examplesOf(was.data, (value) => written.refusalOf(value) === undefined).flatMap((payload): Change[] => {
    const read = casts.read(is.subject, payload)
    if (read.ok) return []
    const witness = { payload, refusal: read.why, judgedBy: 'contract' } as const
    return [{ ...change, aspect: 'upcast', said: `cannot be read as ${now.subject} (${read.why})`, refusal: byAfter, witness }]
  })
  if (!is.isAnnounced || !was.isAnnounced) return lost.slice(0, 1)

  const reader = before.judge(at, was.data, 'reads an event')
  const writer = after.judge({ subject: now.subject }, now.data, 'writes')
  const spoilt = examplesOf(now.data, (value) => writer.refusalOf(value) === undefined).flatMap((payload): Change[] => {
    const told = casts.tell(is.subject, payload)
    const refusal = told.ok ? reader.refusalOf(told.data) : told.why
    if (refusal === undefined) return []
    const witness = { payload: told.ok ? told.data : payload, refusal, judgedBy: 'contract' } as const
    return [{ ...change, aspect: 'downcast', said: `made of ${now.subject} is not what it was (${refusal})`, refusal: byBefore, witness }]
  })
  return [...lost.slice(0, 1), ...spoilt.slice(0, 1)]
}

const byAfter = { writtenBy: 'before', refusedBy: 'after' } as const
const byBefore = { writtenBy: 'after', refusedBy: 'before' } as const

function examplesOf({ written: { schema, defs } }: Shape, accepts: (value: unknown) => boolean): unknown[] {
  const { '#': _root, ...$defs } = defs
  return someOf(valuesOfSchema({ ...(typeof schema === 'object' ? schema : {}), $defs }, { seed: 'casts', accepts }))
}
