import type { Difference, Step } from './difference.ts'
import type { Bound } from './options.ts'

/** What a bound is of, in a sentence: `at most 50 characters`. */
export interface BoundName {
  readonly aspect: string
  readonly said: (limit: string) => string
}

/** Compares lower bounds. */
export function compareMin({ old, now }: Bounds, name: BoundName, path: readonly Step[]): Difference[] {
  const order = now.at - old.at || Number(now.exclusive) - Number(old.exclusive)
  return boundDifference({ old, now, tighter: order > 0, looser: order < 0 }, name, path)
}

/** Compares upper bounds. */
export function compareMax({ old, now }: Bounds, name: BoundName, path: readonly Step[]): Difference[] {
  const order = old.at - now.at || Number(now.exclusive) - Number(old.exclusive)
  return boundDifference({ old, now, tighter: order > 0, looser: order < 0 }, name, path)
}

interface Bounds {
  readonly old: Bound
  readonly now: Bound
}

function boundDifference(
  { old, now, tighter, looser }: Bounds & { tighter: boolean; looser: boolean },
  { aspect, said }: BoundName,
  path: readonly Step[],
): Difference[] {
  if (!tighter && !looser) return []
  const was = Number.isFinite(old.at) ? `, was ${limitText(old)}` : ''
  const text = Number.isFinite(now.at) ? `must be ${said(limitText(now))}${was}` : `need not be ${said(limitText(old))} any more`
  return [{ path, aspect, said: text, narrows: tighter, widens: looser }]
}

function limitText({ at, exclusive }: Bound): string {
  return exclusive ? `${at} (itself excluded)` : String(at)
}

/** A limit that is itself allowed. */
export function inclusive(at: number): Bound {
  return { at, exclusive: false }
}
