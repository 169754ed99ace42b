import type { Values } from '../values/values-of.ts'

const byChance = 50

/** Gives values at the edges and some by chance, as many as can be made. */
export function someOf(values: Values): unknown[] {
  const edges = values.boundaries().map(({ value }) => value)
  try {
    return [...edges, ...Array.from({ length: byChance }, () => values.any())]
  } catch (error) {
    // nothing by chance passes what the contract asks beyond its schema
    if (error instanceof RangeError) return edges
    throw error
  }
}
