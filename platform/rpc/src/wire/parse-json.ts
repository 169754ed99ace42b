const forbiddenKeys = ['__proto__', 'constructor']
const mightHoldForbiddenKey = /__proto__|constructor|\\u/

/** A key that no message may hold. */
export class ForbiddenKeyError extends Error {
  override readonly name = 'ForbiddenKeyError'
  constructor(key: string) {
    super(`the key ${key} is not accepted`)
  }
}

/**
 * Parses JSON that came over the wire. Throws `SyntaxError` for text that is not JSON and `ForbiddenKeyError` for the keys `__proto__` and
 * `constructor`, which would reach an object's prototype as soon as somebody copies or merges the value.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // nearly every text is cleared by this one search; a key may be spelt with escapes, so those are looked at too
  if (mightHoldForbiddenKey.test(text)) refuseForbiddenKeys(value)
  return value
}

/** Throws `ForbiddenKeyError` when a forbidden key is anywhere inside. Walks with a list of its own: deep nesting must not exhaust the stack. */
export function refuseForbiddenKeys(value: unknown): void {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const key of forbiddenKeys) if (Object.hasOwn(next, key)) throw new ForbiddenKeyError(key)
    for (const inner of Object.values(next)) left.push(inner)
  }
}
