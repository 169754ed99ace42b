import { ContractRefusedError, type ContractProblem } from './contract-refused.ts'
import type { AnyEvent } from './event.ts'
import type { AnyOperation } from './operation.ts'

export interface Draft {
  readonly name: string
  readonly version: number
  readonly operations: Readonly<Record<string, AnyOperation>>
  readonly events: Readonly<Record<string, AnyEvent>>
}

/** Throws when a contract promises what some language, wire or reader could not keep. */
export function refuseBadContract(draft: Draft): void {
  const problems: ContractProblem[] = []
  if (problems.length > 0) throw new ContractRefusedError(draft.name, problems)
}
