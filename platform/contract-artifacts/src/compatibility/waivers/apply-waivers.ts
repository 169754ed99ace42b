import type { Finding } from '../finding.ts'
import { isSame } from '../schemas/schema-node.ts'
import type { Waiver } from './waiver.ts'

export interface Waived {
  readonly findings: readonly (Finding & { readonly waiver?: Waiver })[]
  /** What is wrong with the waivers themselves; each is an error. */
  readonly problems: readonly string[]
}

/**
 * Puts waivers to the breaks they are for. A waiver whose last day is over is an error, and so is one that is for nothing,
 * unless it was there at the base already: the break it allowed is part of the base then, and it waits for its last day.
 */
export function applyWaivers(
  findings: readonly Finding[],
  { waivers, atBase, today }: { waivers: readonly Waiver[]; atBase: readonly Waiver[]; today: string },
): Waived {
  const isFor = (waiver: Waiver, finding: Finding): boolean =>
    finding.level === 'breaking' && waiver.contract === finding.contract && waiver.finding === finding.id
  const problems = waivers.flatMap((waiver) => {
    const name = `the waiver of ${waiver.contract} ${waiver.finding}`
    if (waiver.expires < today) return [`${name} expired on ${waiver.expires}: take the break back, or agree anew`]
    const isUsed = findings.some((finding) => isFor(waiver, finding)) || atBase.some((one) => isSame(one, waiver))
    return isUsed ? [] : [`${name} is for nothing that changed: remove it`]
  })
  const valid = waivers.filter(({ expires }) => expires >= today)
  return {
    findings: findings.map((finding) => {
      const waiver = valid.find((one) => isFor(one, finding))
      return waiver === undefined ? finding : { ...finding, waiver }
    }),
    problems,
  }
}
