import { parseInput } from '@ashlar/rpc'
import { orFault } from './fault-of-refusal.ts'

/** Nothing a contract asks for nests this deep; writing what nests a thousand times deeper would exhaust the stack. */
const deepest = 64

/** Parses JSON from outside. Throws `invalid_json` or `invalid_input` as `parseInput` refuses it. */
export function parseJson(given: Buffer | string): unknown {
  return orFault(() => parseInput(given, { deepest }))
}
