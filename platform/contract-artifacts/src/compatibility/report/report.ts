import type { Waived } from '../waivers/apply-waivers.ts'

/** Everything a report tells. */
export interface Report extends Waived {
  /** What the working tree was compared with: a short commit. */
  readonly base: string
  /** How the base was chosen, and what a reader has to know of the comparison. */
  readonly notes: readonly string[]
}

export type ReportedFinding = Report['findings'][number]

/** A break that nobody agreed to. */
export function isUnwaived({ level, waiver }: ReportedFinding): boolean {
  return level === 'breaking' && waiver === undefined
}

/** Whether the gate lets this pass. */
export function passes({ findings, problems }: Report): boolean {
  return problems.length === 0 && !findings.some(isUnwaived)
}

/** Sums up: `1 breaking, 1 minor in 2 contracts`. */
export function summaryOf({ findings }: Report): string {
  if (findings.length === 0) return 'no contract changed'
  const counts = [
    [findings.filter(isUnwaived).length, 'breaking'],
    [findings.filter(({ waiver }) => waiver !== undefined).length, 'breaking but waived'],
    [findings.filter(({ level }) => level === 'minor').length, 'minor'],
    [findings.filter(({ level }) => level === 'patch').length, 'patch'],
  ] as const
  const contracts = new Set(findings.map(({ contract }) => contract)).size
  const said = counts.filter(([count]) => count > 0).map(([count, level]) => `${count} ${level}`)
  return `${said.join(', ')} in ${contracts} ${contracts === 1 ? 'contract' : 'contracts'}`
}
