import { RequestRefusedError } from '@ashlar/contract'
import { parseInput } from '../wire/parse-input.ts'

/** Reads the input of a plain call; nothing is `undefined`. Throws `RequestRefusedError` as `parseInput` does. */
export function readInput(given: Buffer | string | undefined): unknown {
  return given === undefined || given.length === 0 ? undefined : parseInput(given)
}

/** The inputs of a batch, parsed when the first is asked for: only after the caller was found to be allowed. */
export class BatchInputs {
  readonly #given: Buffer | string | undefined
  #batch: object | undefined

  constructor(given: Buffer | string | undefined) {
    this.#given = given
  }

  /** Gives the input of one call. Throws `RequestRefusedError` as `parseInput` does, and for a batch without its object. */
  at(index: number): unknown {
    this.#batch ??= this.#readBatch()
    return Object.hasOwn(this.#batch, index) ? Reflect.get(this.#batch, index) : undefined
  }

  #readBatch(): object {
    const value = readInput(this.#given) ?? {}
    if (typeof value === 'object') return value
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'invalid_json' },
      'the inputs of a batch are an object with a member for each call: {"0":…,"1":…}',
    )
  }
}
