import { MatchersV3 } from '@pact-foundation/pact'
import type { Read } from './reading.ts'
import { StoryUnfitError } from './story-unfit.ts'
import { fieldAt, itemsAt, settledOn, type ShapeAt } from './schema-at.ts'

const { boolean, eachLike, equal, integer, like, nullValue, number, regex, string, uuid } = MatchersV3

const isoTime = String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?Z$`

/** Stands for a part of a value that nobody read. */
export const unread = Symbol('unread')

/** A value that was read, what was read of it, and what its contract says of it. */
export interface Known {
  readonly value: unknown
  readonly read: Read
  readonly at: ShapeAt
  /** An answer's list may have any length, and its example one element; a request is sent again as it was, element for element. */
  readonly lists: 'of-any-length' | 'as-they-are'
}

/**
 * Gives Pact's template of what was read of a value: each scalar matched by the type its contract gives it (an enum by its
 * words, a literal by itself), an array by its elements. Nothing that was not read is in it; `unread` when nothing was.
 */
export function matchersOf({ value, read, at, lists }: Known): unknown {
  const here = settledOn(at, value)
  if (typeof value !== 'object' || value === null) return read.isRead ? scalarMatcher(value, here) : unread
  if (!read.isRead) return unread
  if (Array.isArray(value)) return listMatcher(value, { read, at: here, lists })
  const fields = [...read.fields].flatMap(([name, inside]) => {
    const field: unknown = Reflect.get(value, name)
    const matcher = matchersOf({ value: field, read: inside, at: fieldAt(here, name), lists })
    if (matcher !== unread) return [[name, matcher]]
    // that it is there at all is news only where it might not be
    return here.shape.required?.includes(name) === false ? [[name, like(emptyLike(field))]] : []
  })
  return fields.length === 0 ? like({}) : Object.fromEntries(fields.toSorted(byName))
}

function listMatcher(value: readonly unknown[], { read: { items }, at, lists }: Omit<Known, 'value'>): unknown {
  const elements = value.map((element) => {
    const template = items === undefined ? unread : matchersOf({ value: element, read: items, at: itemsAt(at), lists })
    return template === unread ? like(emptyLike(element)) : template
  })
  const [first, another] = elements
  if (first === undefined) return like([])
  if (lists === 'as-they-are') return elements
  if (another !== undefined) throw new StoryUnfitError('a list in the example of an answer has one element: give the one that is read')
  return eachLike(first)
}

function emptyLike(value: unknown): unknown {
  return Array.isArray(value) ? [] : {}
}

function scalarMatcher(value: unknown, { shape }: ShapeAt): unknown {
  if (value === null) return nullValue()
  if ('const' in shape) return equal(value)
  if (typeof value === 'boolean') return boolean(value)
  if (typeof value === 'number') return shape.type === 'integer' ? integer(value) : number(value)
  if (typeof value !== 'string') throw new StoryUnfitError(`a ${typeof value} is nothing that travels as JSON`)
  if (shape.enum !== undefined) return regex(`^(${shape.enum.map((word) => asWritten(String(word))).join('|')})$`, value)
  if (shape.format === 'uuid') return uuid(value)
  return shape.format === 'date-time' ? regex(isoTime, value) : string(value)
}

// Pact's own expressions know no `RegExp.escape`, which writes letters as numbers
function asWritten(word: string): string {
  return word.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
}

function byName([one]: readonly unknown[], [other]: readonly unknown[]): number {
  return String(one) < String(other) ? -1 : 1
}
