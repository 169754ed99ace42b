/** Names of fields that could carry a secret. */
export const secretFields: readonly string[] = [
  'password',
  'token',
  'accessToken',
  'refreshToken',
  'authorization',
  'cookie',
  'set-cookie',
  'secret',
]
const cut = '[secret]'
const secrets: ReadonlySet<string> = new Set(secretFields)

/**
 * Gives a log entry's fields with what could be a secret cut, here and one level down. An entry that holds none, as nearly all do,
 * is given back as it is; of one that does what holds it is copied, since what is logged may still be used.
 */
export function cutSecrets(entry: Record<string, unknown>): Record<string, unknown> {
  let without: Record<string, unknown> | undefined
  for (const name of Object.keys(entry)) {
    const value = entry[name]
    const safe = secrets.has(name) ? cut : withoutSecrets(value)
    if (safe !== value) (without ??= { ...entry })[name] = safe
  }
  return without ?? entry
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const named = Object.keys(value).filter((name) => secrets.has(name))
  if (named.length === 0) return value
  const copy = Object.create(Object.getPrototypeOf(value) as object | null, Object.getOwnPropertyDescriptors(value)) as object
  // an error's stack is told to the error itself only
  if (value instanceof Error) Object.defineProperty(copy, 'stack', { value: value.stack })
  for (const name of named) Object.defineProperty(copy, name, { value: cut, enumerable: true })
  return copy
}
