/** Texts that mean something to the service that is tried, by the name of their field. */
export type Given = ReadonlyMap<string, string>

/** Puts what is given into every field of its name that holds text, however deep. */
export function withGiven(value: unknown, given: Given): unknown {
  if (given.size === 0 || typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withGiven(item, given))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, typeof inner === 'string' ? (given.get(name) ?? inner) : withGiven(inner, given)]),
  )
}
