import { RequestRefusedError } from '@ashlar/contract'
import { ForbiddenKeyError, parseJson } from '../wire/parse-json.ts'

/** The inputs of one request, parsed when the first is asked for: only after the caller was found to be allowed. */
export class Inputs {
  readonly #text: string | undefined
  readonly #isBatch: boolean
  #batch: object | undefined

  constructor(text: string | undefined, options: { isBatch: boolean }) {
    this.#text = text
    this.#isBatch = options.isBatch
  }

  /** Gives the input of one call. Throws `RequestRefusedError` (`invalid_json`). */
  at(index: number): unknown {
    if (!this.#isBatch) return parsed(this.#text)
    this.#batch ??= this.#readBatch()
    return Object.hasOwn(this.#batch, index) ? Reflect.get(this.#batch, index) : undefined
  }

  #readBatch(): object {
    const value = parsed(this.#text) ?? {}
    if (typeof value === 'object') return value
    throw new RequestRefusedError(
      { status: 'BAD_REQUEST', reason: 'invalid_json' },
      'the inputs of a batch are an object with a member for each call: {"0":…,"1":…}',
    )
  }
}

function parsed(text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined
  try {
    return parseJson(text)
  } catch (cause) {
    throw invalidJson(cause)
  }
}

/** Refuses an input that is not JSON, or holds a forbidden key. */
export function invalidJson(cause: unknown): RequestRefusedError {
  const why = cause instanceof ForbiddenKeyError ? cause.message : 'the input is not valid JSON'
  return new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_json' }, why, { cause })
}
