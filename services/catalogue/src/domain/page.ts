/** Part of a list, and where the next part begins unless this is the last. */
export interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor?: string
}

/** Where something stands in a list sorted by name, and by id where names are the same. */
export interface Place {
  readonly name: string
  readonly id: string
}

/** Compares by place. */
export function byPlace(a: Place, b: Place): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.id < b.id ? -1 : Number(a.id > b.id)
}

/** Cuts a page out of what was found, which is one more than the limit when another page follows. */
export function pageOf<Item extends Place>(found: readonly Item[], limit: number): Page<Item> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return found.length > limit && last !== undefined ? { items, nextCursor: writeCursor(last) } : { items }
}

const form = /^(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?<name>\P{Cc}+)$/u

/** Reads where the page before ended; `undefined` when the cursor is not one of ours. */
export function readCursor(cursor: string): Place | undefined {
  const { id, name } = form.exec(Buffer.from(cursor, 'base64url').toString())?.groups ?? {}
  if (id === undefined || name === undefined || writeCursor({ id, name }) !== cursor) return undefined
  return { name, id }
}

// encoded so that nobody comes to rely on what is inside
function writeCursor({ id, name }: Place): string {
  return Buffer.from(`${id}${name}`).toString('base64url')
}
