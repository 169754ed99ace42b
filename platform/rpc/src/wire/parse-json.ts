/** Keys that reach an object's prototype as soon as somebody copies or merges what holds them. */
export const forbiddenKeys: readonly string[] = ['__proto__', 'constructor']
const mightHoldForbiddenKey = /__proto__|constructor|\\u/

/** A key that no message may hold. */
export class ForbiddenKeyError extends Error {
  override readonly name = 'ForbiddenKeyError'
  constructor(key: string) {
    super(`the key ${key} is not accepted`)
  }
}

/**
 * Parses JSON that a server answered; what callers send is parsed by `parseInput`. Throws `SyntaxError` for text that is not JSON
 * and `ForbiddenKeyError` for the keys `__proto__` and `constructor`.
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // nearly every text is cleared by this one search; a key may be spelt with escapes, so those are looked at too
  if (mightHoldForbiddenKey.test(text)) refuseForbiddenKeys(value)
  return value
}

/** Walks with a list of its own: deep nesting must not exhaust the stack. */
function refuseForbiddenKeys(value: unknown): void {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next !== 'object' || next === null) continue
    for (const key of forbiddenKeys) if (Object.hasOwn(next, key)) throw new ForbiddenKeyError(key)
    for (const inner of Object.values(next)) left.push(inner)
  }
}
