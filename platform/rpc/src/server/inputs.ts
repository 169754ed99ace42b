import { RequestRefusedError } from '@ashlar/contract'
import { parseInput } from '../wire/parse-input.ts'

/** The inputs of one request, parsed when the first is asked for: only after the caller was found to be allowed. */
export class Inputs {
  readonly #given: Buffer | string | undefined
  readonly #isBatch: boolean
  #batch: object | undefined

  constructor(given: Buffer | string | undefined, options: { isBatch: boolean }) {
    this.#given = given
    this.#isBatch = options.isBatch
  }

  /** Gives the input of one call. Throws `RequestRefusedError` as `parseInput` does, and for a batch without its object. */
  at(index: number): unknown {
    if (!this.#isBatch) return parsed(this.#given)
    this.#batch ??= this.#readBatch()
    return Object.hasOwn(this.#batch, index) ? Reflect.get(this.#batch, index) : undefined
  }

  #readBatch(): object {
    const value = parsed(this.#given) ?? {}
    if (typeof value === 'object') return value
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'invalid_json' },
      'the inputs of a batch are an object with a member for each call: {"0":…,"1":…}',
    )
  }
}

function parsed(given: Buffer | string | undefined): unknown {
  return given === undefined || given.length === 0 ? undefined : parseInput(given)
}
