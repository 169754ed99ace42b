import { earlierData, EventDataInvalidError, readEventData, z, type AnyContract, type BoundEvent } from '@ashlar/contract'

/** Carries the data of events from version to version, as a contract's own code does. */
export interface Casts {
  /** Reads data of a subject as the newest version of its event; says why that cannot be. */
  read(subject: string, data: unknown): Casting
  /** Tells data of the newest version on the subject of an earlier one; says why that cannot be. */
  tell(subject: string, data: unknown): Casting
  /** The subject that is announced where the given one is an earlier version; `undefined` where it is none. */
  newestOf(subject: string): string | undefined
}

export type Casting = { readonly ok: true; readonly data: unknown } | { readonly ok: false; readonly why: string }

/** Gives the casts of a contract. */
export function castsOf({ events }: AnyContract): Casts {
  const newest = new Map(Object.values<BoundEvent>(events).flatMap((event) => event.earlier.map(({ type }) => [type, event] as const)))
  const known = (subject: string): BoundEvent => {
    const event = newest.get(subject)
    if (event === undefined) throw new RangeError(`${subject} is no earlier version of an event`)
    return event
  }
  return {
    newestOf: (subject) => newest.get(subject)?.type,
    read: (subject, data) => casting(() => readEventData(known(subject), subject, data)),
    tell: (subject, data) => casting(() => earlierData(known(subject), data).find(({ event }) => event.type === subject)?.data),
  }
}

function casting(cast: () => unknown): Casting {
  try {
    return { ok: true, data: cast() }
  } catch (error) {
    if (error instanceof EventDataInvalidError) return { ok: false, why: whyOf(error) }
    throw error
  }
}

function whyOf({ message, cause }: Error): string {
  if (cause instanceof z.core.$ZodError)
    return cause.issues.map((issue) => `${issue.path.join('.') || 'the whole'}: ${issue.message}`).join('; ')
  return cause instanceof Error ? `${message}: ${cause.message}` : message
}
