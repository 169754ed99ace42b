import type { AnyBoundOperation } from '@ashlar/contract'
import { valuesOf } from '@ashlar/contract-artifacts'

/** One input to try. A wrong one says where it is wrong. */
export interface Case {
  readonly about: string
  readonly input: unknown
  /** Keys and indexes to what is wrong; none for a valid input. */
  readonly wrongAt: readonly (string | number)[] | undefined
}

/** Makes the inputs an operation is tried with: as many by chance as there are runs, all at the edges, all that are wrong. */
export function casesOf(operation: AnyBoundOperation, { seed, runs }: { seed: string; runs: number }): readonly Case[] {
  const values = valuesOf(operation.input, 'input', `${seed} ${operation.address}`)
  const boundaries = values.boundaries()
  const wrong = values.invalid()
  return [
    ...Array.from({ length: runs }, (_, run) => ({ about: `by chance, ${run + 1}`, input: values.any(), wrongAt: undefined })),
    ...boundaries.map(({ about, value }) => ({ about, input: value, wrongAt: undefined })),
    ...wrong.map(({ about, path, value }) => ({ about, input: value, wrongAt: path })),
  ]
}
