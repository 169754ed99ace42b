/** Values that are forgotten at their own time, and the least recently used ones when there are too many. */
export interface ExpiringCache<Value> {
  get(key: string): Value | undefined
  set(key: string, value: Value, expiresAtMs: number): void
  delete(key: string): void
  readonly size: number
}

/** Makes a cache of at most `maxEntries`; times are those of `now`, in milliseconds. */
export function createExpiringCache<Value>({ maxEntries, now }: { maxEntries: number; now: () => number }): ExpiringCache<Value> {
  const entries = new Map<string, { value: Value; expiresAtMs: number }>()
  return {
    get size() {
      return entries.size
    },
    get(key) {
      const entry = entries.get(key)
      if (entry === undefined) return undefined
      const isOver = entry.expiresAtMs <= now()
      // Put back at the end, a Map remembers insertion order: the first entry is the least recently used one. Only once the cache
      // fills, since a Map is built anew every few times this is done.
      const isFilling = entries.size > maxEntries / 2
      if (isOver || isFilling) entries.delete(key)
      if (isFilling && !isOver) entries.set(key, entry)
      return isOver ? undefined : entry.value
    },
    set(key, value, expiresAtMs) {
      entries.delete(key)
      const oldest = entries.keys().next()
      if (entries.size >= maxEntries && !oldest.done) entries.delete(oldest.value)
      entries.set(key, { value, expiresAtMs })
    },
    delete: (key) => void entries.delete(key),
  }
}
