import type { AnyContract, BoundEvent } from '@ashlar/contract'
import { valuesOf } from '../values/values-of.ts'
import { castsOf } from './casts-of.ts'
import { someOf } from './some-of.ts'

/** What carries an event's data from version to version fails for data that its version allows. */
export class CastBrokenError extends Error {
  override readonly name = 'CastBrokenError'
}

/**
 * Tries every event's casts on data of each version: what was written in an earlier one must be read as the newest, and
 * what is announced must be told in those before it as far as they are announced. Throws `CastBrokenError`, which shows the data.
 */
export function requireCasts(contract: AnyContract): void {
  const casts = castsOf(contract)
  for (const newest of Object.values<BoundEvent>(contract.events)) {
    for (const { type, data } of newest.earlier) {
      for (const value of valuesFor(type, data)) {
        const read = casts.read(type, value)
        if (!read.ok) throw new CastBrokenError(`${type} cannot be read as ${newest.type}: ${read.why}: ${JSON.stringify(value)}`)
        const told = casts.tell(type, read.data)
        if (!told.ok) throw new CastBrokenError(`${newest.type} cannot be told as ${type}: ${told.why}: ${JSON.stringify(read.data)}`)
      }
      for (const value of valuesFor(newest.type, newest.data)) {
        const told = casts.tell(type, value)
        if (!told.ok) throw new CastBrokenError(`${newest.type} cannot be told as ${type}: ${told.why}: ${JSON.stringify(value)}`)
      }
    }
  }
}

function valuesFor(type: string, data: BoundEvent['data']): unknown[] {
  return someOf(valuesOf(data, 'output', type))
}
