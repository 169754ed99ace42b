/** One thing a contract may not say: where, why, and what to write instead. */
export interface ContractProblem {
  readonly path: string
  readonly problem: string
  readonly hint: string
}

/** A contract promises something that cannot be kept everywhere; every problem is listed. */
export class ContractRefusedError extends Error {
  override readonly name = 'ContractRefusedError'
  readonly problems: readonly ContractProblem[]
  constructor(contract: string, problems: readonly ContractProblem[]) {
    super([`contract ${contract} is refused:`, ...problems.map((p) => `  ${p.path}: ${p.problem}; ${p.hint}`)].join('\n'))
    this.problems = problems
  }
}
