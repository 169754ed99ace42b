import { isDeepStrictEqual } from 'node:util'
import type { ProtoField, ProtoFile } from '@ashlar/grpc'
import { protobufCodec } from '@ashlar/grpc/codec'
import type { Step } from '../schemas/difference.ts'
import { messageOf, stepsInto, stepTo, type ProtoDifference, type ProtoVersions } from './proto-difference.ts'

/** Bytes that one version writes and the other reads as something else; both were run. */
export interface CarriedWitness {
  readonly writtenBy: keyof ProtoVersions
  /** The message, as protobuf calls it. */
  readonly message: string
  /** In hex. */
  readonly bytes: string
  readonly wrote: unknown
  /** What was read, or why nothing could be. */
  readonly read: { readonly value: unknown } | { readonly refusal: string }
}

/** Looks for bytes that show a difference, from who writes to who reads first; `undefined` where none do. */
export function carriedWitness({ root, path }: ProtoDifference, versions: ProtoVersions): CarriedWitness | undefined {
  const ways = root.writer === 'before' ? (['before', 'after'] as const) : (['after', 'before'] as const)
  for (const writtenBy of ways) {
    const [writer, reader] = writtenBy === 'before' ? [versions.before, versions.after] : [versions.after, versions.before]
    const wrote = sampleOf(writer, root[writtenBy], path)
    if (wrote === undefined) continue
    const bytes = protobufCodec(writer).encode(root[writtenBy], wrote)
    const read = readBy(reader, root[writtenBy === 'before' ? 'after' : 'before'], bytes)
    if ('value' in read && isDeepStrictEqual(read.value, wrote)) continue
    return { writtenBy, message: root[writtenBy], bytes: Buffer.from(bytes).toString('hex'), wrote, read }
  }
  return undefined
}

function readBy(file: ProtoFile, message: string, bytes: Uint8Array): CarriedWitness['read'] {
  try {
    return { value: withoutDefaults(protobufCodec(file).decode(message, bytes)) ?? {} }
  } catch (error) {
    return { refusal: error instanceof Error ? error.message : String(error) }
  }
}

/** A value of a message with nothing in it but what the path leads to; `undefined` where it leads nowhere. */
function sampleOf(file: ProtoFile, name: string, path: readonly Step[]): unknown {
  const message = messageOf(file, name)
  const { form } = message
  const field = message.fields.find((one) => isDeepStrictEqual(stepTo(message, one), path.slice(0, stepTo(message, one).length)))
  if (field === undefined) return undefined
  const further = path.slice(stepsInto(message, field).length)
  const inner = further.length > 0 && field.type.kind === 'message' ? sampleOf(file, field.type.name, further) : leafOf(file, field)
  if (inner === undefined) return undefined
  const value = field.label === 'repeated' ? [inner] : field.label === 'map' ? { a: inner } : inner
  if (form.kind === 'value') return value
  return form.kind === 'union' ? { [form.discriminator]: field.key, ...(value as object) } : { [field.key]: value }
}

function leafOf(file: ProtoFile, { type }: ProtoField): unknown {
  if (type.kind === 'message') return anyOf(file, type.name)
  switch (type.name) {
    case 'string':
    case 'Value':
      return 'A'
    case 'bool':
      return true
    case 'double':
      return 1.5
    case 'int32':
      return 1
    // more than 32 bits hold
    case 'int64':
      return 2 ** 31
    case 'ListValue':
      return ['A']
    case 'Struct':
      return { a: 'A' }
  }
}

/** A message with one simple field in it, a text if it has one; empty where it has none. */
function anyOf(file: ProtoFile, name: string): unknown {
  const { form, fields } = messageOf(file, name)
  const simple = fields.filter(({ type, label }) => type.kind === 'scalar' && label !== 'repeated' && label !== 'map')
  const field = simple.find(({ type }) => type.name === 'string') ?? simple[0]
  return form.kind !== 'object' || field === undefined ? {} : { [field.key]: leafOf(file, field) }
}

/** What was really said: a field that is not sent is read as 0, false or empty. */
function withoutDefaults(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map((one: unknown) => withoutDefaults(one) ?? one)
  if (typeof value !== 'object' || value === null)
    return value === 0 || value === false || value === '' || value === null ? undefined : value
  const kept = Object.entries(value).flatMap(([key, one]) => {
    const said = withoutDefaults(one)
    return said === undefined ? [] : [[key, said] as const]
  })
  return kept.length === 0 && Object.keys(value).length > 0 ? undefined : Object.fromEntries(kept)
}
