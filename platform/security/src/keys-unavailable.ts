/** No key can be read or fetched, and none was before: nothing can be verified or signed. An outage, not a bad token. */
export class KeysUnavailableError extends Error {
  override readonly name = 'KeysUnavailableError'

  /** Says which file could not be read. A parser quotes what it was given, so only its kind of error is kept. */
  static reading(file: string, cause: unknown): KeysUnavailableError {
    const why = cause instanceof SyntaxError ? new Error('it is not JSON') : cause
    return new KeysUnavailableError(`cannot read keys from ${file}: ${why instanceof Error ? why.message : String(why)}`, { cause: why })
  }
}
