const secrets: ReadonlySet<string> = new Set(['password', 'token', 'accessToken', 'refreshToken', 'authorization', 'secret'])
const cut = '[secret]'

/**
 * Gives a log entry's fields without what could be a secret, at the top and one level down. An entry that holds none, as nearly
 * all do, is given back as it is; one that does is copied, since what is logged may still be used.
 */
export function cutSecrets(entry: Record<string, unknown>): Record<string, unknown> {
  let without: Record<string, unknown> | undefined
  for (const [name, value] of Object.entries(entry)) {
    const safe = secrets.has(name) && value !== undefined ? cut : withoutSecrets(value)
    if (safe !== value) (without ??= { ...entry })[name] = safe
  }
  return without ?? entry
}

function withoutSecrets(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const named = Object.keys(value).filter((name) => secrets.has(name))
  if (named.length === 0) return value
  // an error stays one: its message is no property that is listed
  const copy = Object.create(Object.getPrototypeOf(value) as object | null, Object.getOwnPropertyDescriptors(value)) as object
  for (const name of named) Object.defineProperty(copy, name, { value: cut, enumerable: true })
  return copy
}
