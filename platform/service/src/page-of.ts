import { failed, type Failed } from '@ashlar/contract'

/** Part of a list, and where the next part begins unless this is the last. */
export interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor?: string
}

/** What a list is sorted by: the fields whose texts, one behind the other, make a cursor, and how to tell them apart again by name. */
export interface Keyset<Key extends string> {
  readonly keys: readonly Key[]
  /** Matches the whole of what `keys` make, with a group of the same name for each. */
  readonly form: RegExp
}

/** Where something stands in a sorted list. It need not be there any more. */
export type PlaceIn<Key extends string> = Readonly<Record<Key, string>>

/** For lists sorted by id: newest first, say, where ids sort by time. */
export const byId: Keyset<'id'> = { keys: ['id'], form: /^(?<id>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/ }

/**
 * Answers one page of a list. `find` is asked for what comes after the place where the page before ended, and for one item
 * more than the page has: that tells whether there is another. A cursor that was never given out is `invalid_cursor`.
 */
export async function pageOf<Key extends string, Item extends PlaceIn<Key>>(
  { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number },
  keyset: Keyset<Key>,
  find: (after: PlaceIn<Key> | undefined, atMost: number) => Promise<readonly Item[]>,
): Promise<Page<Item> | Failed<'invalid_cursor', undefined>> {
  const after = cursor === undefined ? undefined : readCursor(cursor, keyset)
  if (cursor !== undefined && after === undefined) return failed('invalid_cursor')

  const found = await find(after, limit + 1)
  const items = found.slice(0, limit)
  const last = items.at(-1)
  return found.length > limit && last !== undefined ? { items, nextCursor: writeCursor(last, keyset) } : { items }
}

// encoded so that nobody comes to rely on what is inside
function writeCursor<Key extends string>(place: PlaceIn<Key>, { keys }: Keyset<Key>): string {
  return Buffer.from(keys.map((key) => place[key]).join('')).toString('base64url')
}

function readCursor<Key extends string>(cursor: string, keyset: Keyset<Key>): PlaceIn<Key> | undefined {
  const groups = keyset.form.exec(Buffer.from(cursor, 'base64url').toString())?.groups
  if (groups === undefined) return undefined
  const place = Object.fromEntries(keyset.keys.map((key) => [key, groups[key] ?? ''])) as Record<Key, string>
  // decoding passes over what it cannot read; only what would be written the same was written here
  return writeCursor(place, keyset) === cursor ? place : undefined
}
