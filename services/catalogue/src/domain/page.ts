/** Part of a list, and where the next part begins unless this is the last. */
export interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor?: string
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Cuts a page out of what was found, which is one more than the limit when another page follows. */
export function pageOf<Item extends { readonly id: string }>(found: readonly Item[], limit: number): Page<Item> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return found.length > limit && last !== undefined ? { items, nextCursor: writeCursor(last.id) } : { items }
}

/** Reads the id of the last item of the page before; `undefined` when the cursor is not one of ours. */
export function readCursor(cursor: string): string | undefined {
  const id = Buffer.from(cursor, 'base64url').toString('latin1')
  return uuid.test(id) ? id : undefined
}

// encoded so that nobody comes to rely on what is inside
function writeCursor(id: string): string {
  return Buffer.from(id, 'latin1').toString('base64url')
}
