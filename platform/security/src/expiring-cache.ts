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
      entries.delete(key)
      if (entry.expiresAtMs <= now()) return undefined
      // Put back at the end: a Map remembers insertion order, so the first entry is always the least recently used.
      entries.set(key, entry)
      return entry.value
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
