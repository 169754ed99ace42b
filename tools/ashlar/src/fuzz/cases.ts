import type { AnyBoundOperation } from '@ashlar/contract'
import { valuesOf } from '@ashlar/contract-artifacts'
import { withGiven, type Given } from './given.ts'

/** One input to try. A wrong one says where it is wrong. */
export interface Case {
  readonly about: string
  readonly input: unknown
  /** Keys and indexes to what is wrong; none for a valid input. */
  readonly wrongAt: readonly (string | number)[] | undefined
}

export interface CaseOptions {
  readonly seed: string
  readonly runs: number
  readonly given: Given
}

/** Makes the inputs an operation is tried with: as many by chance as there are runs, half of them with what is given; all at the edges, all that are wrong. */
export function casesOf(operation: AnyBoundOperation, { seed, runs, given }: CaseOptions): readonly Case[] {
  const values = valuesOf(operation.input, 'input', `${seed} ${operation.address}`)
  const boundaries = values.boundaries()
  const wrong = values.invalid()
  const byChance = (run: number): unknown => {
    const made = values.any()
    const known = run % 2 === 0 ? withGiven(made, given) : made
    return operation.input.safeParse(known).success ? known : made
  }
  return [
    ...Array.from({ length: runs }, (_, run) => ({ about: `by chance, ${run + 1}`, input: byChance(run), wrongAt: undefined })),
    ...boundaries.map(({ about, value }) => ({ about, input: value, wrongAt: undefined })),
    ...wrong.map(({ about, path, value }) => ({ about, input: value, wrongAt: path })),
  ]
}
