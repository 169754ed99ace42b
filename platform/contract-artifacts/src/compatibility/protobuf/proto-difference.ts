import type { ProtoField, ProtoFile, ProtoMessage } from '@ashlar/grpc'
import type { Level } from '../compare-shapes.ts'
import type { Place } from '../finding.ts'
import type { Step } from '../schemas/difference.ts'

/** Two versions of a contract's protobuf. */
export interface ProtoVersions {
  readonly before: ProtoFile
  readonly after: ProtoFile
}

/** A message that travels by itself: an operation's input or output, or an error's data. */
export interface Root {
  readonly place: Extract<Place, { readonly operation: string }>
  /** Name of the message before, and now. */
  readonly before: string
  readonly after: string
  /** Who writes what the other reads: callers of old write inputs, the service of today writes answers. */
  readonly writer: keyof ProtoVersions
}

/** One thing in which two versions of a contract's protobuf differ. */
export interface ProtoDifference {
  readonly root: Root
  /** By the contract's own names, from the root. */
  readonly path: readonly Step[]
  readonly aspect: string
  readonly said: string
  readonly level: Level
}

/** Lists the messages that travel by themselves in both versions. */
export function rootsOf({ before, after }: ProtoVersions): Root[] {
  return before.service.rpcs.flatMap((was): Root[] => {
    const is = after.service.rpcs.find(({ operation }) => operation === was.operation)
    if (is === undefined) return []
    const { operation } = was
    const errors = was.errors.flatMap(({ code, message }): Root[] => {
      const now = is.errors.find((error) => error.code === code)?.message
      if (message === undefined || now === undefined) return []
      return [{ place: { part: 'error', operation, code }, before: message, after: now, writer: 'after' }]
    })
    return [
      { place: { part: 'input', operation }, before: was.request, after: is.request, writer: 'before' },
      { place: { part: 'output', operation }, before: was.response, after: is.response, writer: 'after' },
      ...errors,
    ]
  })
}

/** Finds a message of a file. Throws `TypeError` where it has none of that name. */
export function messageOf(file: ProtoFile, name: string): ProtoMessage {
  const message = file.messages.find((one) => one.name === name)
  if (message === undefined) throw new TypeError(`${file.package} has no message ${name}`)
  return message
}

/** The step from a message to one of its fields; none where the message is there for that field alone. */
export function stepTo({ form }: ProtoMessage, { key }: ProtoField): Step[] {
  if (form.kind === 'value') return []
  return [form.kind === 'union' ? { kind: 'option', label: key } : { kind: 'field', name: key }]
}

/** The steps from a message to what one of its fields holds: each of many. */
export function stepsInto(message: ProtoMessage, field: ProtoField): Step[] {
  const { label } = field
  return [
    ...stepTo(message, field),
    ...(label === 'repeated' ? [{ kind: 'items' } as const] : label === 'map' ? [{ kind: 'rest' } as const] : []),
  ]
}
