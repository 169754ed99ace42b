import { expect } from 'vitest'
import { ContractRefusedError, defineContract, type ContractProblem } from '../src/index.ts'

/** Defines a contract as somebody without types would, and gives every problem it is refused for; none when it is accepted. */
export function refusalsOf(definition: object): readonly ContractProblem[] {
  try {
    defineContract({ name: 'shop', version: 1, operations: {}, ...definition })
    return []
  } catch (error) {
    if (error instanceof ContractRefusedError) return error.problems
    throw error
  }
}

/** Gives the paths of the problems, to compare a whole list at a glance. */
export function pathsOf(definition: object): string[] {
  return refusalsOf(definition).map(({ path }) => path)
}

/** Says what one refusal should be: exactly there, and in words that contain these. */
export function refusal(path: string, problem: string, hint: string): ContractProblem {
  return { path, problem: expect.stringContaining(problem), hint: expect.stringContaining(hint) }
}
