import { ContractRefusedError, type ContractProblem } from './contract-refused.ts'
import type { Draft } from './draft.ts'
import { eventProblems, versionProblems } from './event-refusals.ts'
import { nameProblems } from './name-refusals.ts'
import { operationProblems } from './operation-refusals.ts'
import { routeClashes } from './rest-refusals.ts'

/** Throws `ContractRefusedError`, listing every problem, when a contract promises what some language, wire or reader could not keep. */
export function refuseBadContract(draft: Draft): void {
  const problems: ContractProblem[] = [
    ...nameProblems('contract', draft.name, 'name'),
    ...versionProblems(draft.version, ''),
    ...operationProblems(draft),
    ...routeClashes(draft),
    ...eventProblems(draft),
  ]
  if (problems.length > 0) throw new ContractRefusedError(draft.name, problems)
}
