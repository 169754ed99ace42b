import { parseInput, RequestRefusedError, type AnyBoundOperation } from '@ashlar/contract'

/** Gives the places at which a contract finds fault with an input, each as JSON text. */
export function issuePathsOf(operation: AnyBoundOperation, input: unknown): readonly string[] {
  try {
    parseInput(operation, input)
    return []
  } catch (error) {
    if (error instanceof RequestRefusedError) return (error.issues ?? []).map(({ path }) => JSON.stringify(path))
    throw error
  }
}
