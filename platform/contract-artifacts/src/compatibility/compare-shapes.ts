import type { Shape } from './contract-snapshot.ts'
import { compareSchemas } from './schemas/compare-schemas.ts'
import { pathText, type Difference } from './schemas/difference.ts'

/** What a shape is for: a request, an answer, or a message that is kept and read again. */
export type Role = 'input' | 'output' | 'event'
export type Level = 'patch' | 'minor' | 'breaking'

/** Whom a change breaks: what the one side writes, the other refuses. */
export type Refusal =
  | { readonly writtenBy: 'before'; readonly refusedBy: 'after' }
  | { readonly writtenBy: 'after'; readonly refusedBy: 'before' }

/** One difference, judged. */
export interface JudgedDifference extends Difference {
  readonly level: Level
  /** Present when it breaks. */
  readonly refusal?: Refusal
}

/** What is compared for a refusal: who writes, and who reads. */
export function sidesOf(role: Role, { before, after }: { before: Shape; after: Shape }): { before: Shape['read']; after: Shape['read'] }[] {
  if (role === 'input') return [{ before: before.read, after: after.read }]
  if (role === 'output') return [{ before: before.written, after: after.written }]
  return [
    { before: before.written, after: after.read },
    { before: before.read, after: after.written },
  ]
}

/**
 * Compares two versions of a shape by its role. Input: what was accepted stays accepted. Output: what readers rely on
 * stays. Event: both, since new readers meet old messages in a replay and old readers meet new ones during a rollout.
 */
export function compareShapes(role: Role, shapes: { before: Shape; after: Shape }): readonly JudgedDifference[] {
  const byAfter: Refusal = { writtenBy: 'before', refusedBy: 'after' }
  const byBefore: Refusal = { writtenBy: 'after', refusedBy: 'before' }
  const [first, second] = sidesOf(role, shapes)
  if (first === undefined) return []
  const strangers = role === 'input' ? 'may-write' : 'never'
  const forward = compareSchemas(first, strangers)
  if (role === 'input') return forward.map((one) => judged(one, one.narrows ? byAfter : undefined))
  if (role === 'output' || second === undefined) return forward.map((one) => judged(one, one.widens ? byBefore : undefined))

  const backward = compareSchemas(second, strangers)
  const broken = [
    ...backward.filter(({ widens }) => widens).map((one) => judged(one, byBefore)),
    ...forward.filter(({ narrows }) => narrows).map((one) => judged(one, byAfter)),
  ]
  const harmless = compareSchemas({ before: shapes.before.written, after: shapes.after.written }, strangers)
  const all = [...broken, ...harmless.map((one) => judged(one, undefined))]
  return all.filter((one, at) => all.findIndex((other) => keyOf(other) === keyOf(one)) === at)
}

function judged(difference: Difference, refusal: Refusal | undefined): JudgedDifference {
  if (refusal !== undefined) return { ...difference, level: 'breaking', refusal }
  return { ...difference, level: difference.isWording === true ? 'patch' : 'minor' }
}

/** Names a difference among those of one shape. */
export function keyOf({ path, aspect }: Difference): string {
  return `${pathText(path)} ${aspect}`
}
