/** Messages as a contract has them now: the names in each, fields of an object or options of a union. */
export type MessageMembers = Readonly<Record<string, readonly string[]>>

/** The numbers of one message, for ever: of what is in it now, and of what ever was. */
export interface PinnedMessage {
  readonly fields: Readonly<Record<string, number>>
  readonly reserved: { readonly numbers: readonly number[]; readonly names: readonly string[] }
}

/** Numbers by message. A message that is gone stays, with nothing but what is reserved. */
export type FieldNumbers = Readonly<Record<string, PinnedMessage>>

/** What is remembered of earlier numbers contradicts itself, as after a merge that took both sides. */
export class FieldNumbersBrokenError extends Error {
  override readonly name = 'FieldNumbersBrokenError'
}

// Protobuf's own: the largest number a field can have, and those that its implementations keep for themselves.
const largestNumber = 536_870_911
const protobufsOwn = { first: 19_000, last: 19_999 }

/**
 * Gives every member of every message its number. What had a number keeps it; what is new gets the next that was never
 * used, in the order given; what is gone leaves its number and its name reserved. A name that comes back is reserved no
 * more and gets a new number: messages of old may still carry the other. Throws `FieldNumbersBrokenError` when `previous`
 * gives one number twice or one that cannot be.
 */
export function pinNumbers(previous: FieldNumbers | undefined, now: MessageMembers): FieldNumbers {
  const names = [...new Set([...Object.keys(previous ?? {}), ...Object.keys(now)])].toSorted()
  return Object.fromEntries(names.map((name) => [name, pinned(memoryOf(previous, name), now[name] ?? [])]))
}

const nothing: PinnedMessage = { fields: {}, reserved: { numbers: [], names: [] } }

function memoryOf(previous: FieldNumbers | undefined, name: string): PinnedMessage {
  const known = previous !== undefined && Object.hasOwn(previous, name) ? (previous[name] ?? nothing) : nothing
  const used = [...Object.values(known.fields), ...known.reserved.numbers]
  const wrong = used.find((number, at) => used.indexOf(number) !== at || nextAfter(number - 1) !== number || number > largestNumber)
  if (wrong !== undefined)
    throw new FieldNumbersBrokenError(
      `the lock gives the number ${wrong} twice in ${name}, or it is no field number: take the main branch's lock, then emit again`,
    )
  return known
}

function pinned({ fields, reserved }: PinnedMessage, members: readonly string[]): PinnedMessage {
  const gone = Object.keys(fields).filter((name) => !members.includes(name))
  const numbers = [...reserved.numbers, ...gone.map((name) => fields[name] ?? 0)].toSorted((a, b) => a - b)
  let last = Math.max(0, ...Object.values(fields), ...reserved.numbers)
  const entries = members.map(
    (name) => [name, (Object.hasOwn(fields, name) ? fields[name] : undefined) ?? (last = nextAfter(last))] as const,
  )
  return {
    fields: Object.fromEntries(entries.toSorted(([, a], [, b]) => a - b)),
    reserved: { numbers, names: [...new Set([...reserved.names, ...gone])].filter((name) => !members.includes(name)).toSorted() },
  }
}

function nextAfter(number: number): number {
  const next = Math.max(0, Math.trunc(number)) + 1
  return next >= protobufsOwn.first && next <= protobufsOwn.last ? protobufsOwn.last + 1 : next
}
