/** Chance that repeats itself: the same seed gives the same sequence, on every machine. */
export interface Random {
  /** A number from 0, included, to 1, excluded. */
  next(): number
  /** A whole number between two, both included. */
  int(least: number, most: number): number
  pick<Item>(items: readonly [Item, ...Item[]]): Item
  pick<Item>(items: readonly Item[]): Item | undefined
  /** True with a probability. */
  chance(probability: number): boolean
}

/** Makes chance from a seed; any text or number will do. Not for secrets. */
export function seededRandom(seed: string | number): Random {
  let state = hashOf(String(seed))
  // Mulberry32: 32 bits of state are plenty for test data
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1))
  return {
    next,
    int,
    pick: <Item>(items: readonly Item[]): Item => items[int(0, items.length - 1)] as Item,
    chance: (probability) => next() < probability,
  }
}

/** FNV-1a, over UTF-16 units. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}
