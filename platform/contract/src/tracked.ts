/** One item of a subscription, with the id by which a caller resumes after it. */
export interface Tracked<Item = unknown> {
  readonly id: string
  readonly data: Item
}

/**
 * Gives an item of a subscription its id: what a caller who comes back says it has seen last. Throws `TypeError` for an id that an
 * event stream cannot carry: an empty one, or one with a line break or NUL.
 */
export function tracked<Item>(id: string | number, data: Item): Tracked<Item> {
  const text = String(id)
  if (text === '' || /[\0\r\n]/.test(text)) throw new TypeError('the id of an item must be text of one line, and not empty')
  return { id: text, data }
}
