/** How the bytes of a field are to be read: as a value, or as a message of its own. */
export type FieldKind = 'text' | 'hex' | 'bool' | 'int' | 'double' | 'fixed64' | 'fixed32' | MessageShape

interface Field {
  readonly name: string
  readonly kind: FieldKind | (() => MessageShape)
  readonly isRepeated?: boolean
}

/** A message by the numbers of its fields; those that are not named are passed over. */
export type MessageShape = { readonly [fieldNumber: number]: Field }

/** Thrown for bytes that are not such a message. */
export class ProtobufUnreadableError extends Error {
  override readonly name = 'ProtobufUnreadableError'
}

interface Cursor {
  readonly bytes: Buffer
  at: number
}

/** Reads a Protocol Buffers message into a plain object, 64-bit numbers as text, as its JSON form has them. */
export function readProtobuf(bytes: Buffer, shape: MessageShape): Record<string, unknown> {
  const cursor: Cursor = { bytes, at: 0 }
  const message: Record<string, unknown> = {}
  while (cursor.at < bytes.length) {
    const tag = Number(varint(cursor))
    const raw = rawValue(cursor, tag & 7)
    const field = shape[tag >>> 3]
    if (field === undefined) continue
    const value = valueOf(raw, typeof field.kind === 'function' ? field.kind() : field.kind)
    if (field.isRepeated === true) ((message[field.name] ??= []) as unknown[]).push(value)
    else message[field.name] = value
  }
  return message
}

function rawValue(cursor: Cursor, wireType: number): bigint | Buffer {
  switch (wireType) {
    case 0:
      return varint(cursor)
    case 1:
      return take(cursor, 8)
    case 2:
      return take(cursor, Number(varint(cursor)))
    case 5:
      return take(cursor, 4)
    default:
      throw new ProtobufUnreadableError(`wire type ${wireType} is not known`)
  }
}

function valueOf(raw: bigint | Buffer, kind: FieldKind): unknown {
  if (typeof raw === 'bigint') {
    if (kind === 'bool') return raw !== 0n
    if (kind === 'int') return String(BigInt.asIntN(64, raw))
    throw new ProtobufUnreadableError('a number stands where none belongs')
  }
  if (typeof kind === 'object') return readProtobuf(raw, kind)
  switch (kind) {
    case 'text':
      return raw.toString('utf8')
    case 'hex':
      return raw.toString('hex')
    case 'double':
      return ofLength(raw, 8).readDoubleLE()
    case 'fixed64':
      return String(ofLength(raw, 8).readBigUInt64LE())
    case 'fixed32':
      return ofLength(raw, 4).readUInt32LE()
    case 'bool':
    case 'int':
      throw new ProtobufUnreadableError('a number is missing')
  }
}

function varint(cursor: Cursor): bigint {
  let value = 0n
  for (let shift = 0n; shift < 70n; shift += 7n) {
    const byte = cursor.bytes[cursor.at]
    if (byte === undefined) break
    cursor.at += 1
    value |= BigInt(byte & 0x7f) << shift
    if (byte < 0x80) return value
  }
  throw new ProtobufUnreadableError('a number does not end')
}

function take(cursor: Cursor, length: number): Buffer {
  const end = cursor.at + length
  if (end > cursor.bytes.length) throw new ProtobufUnreadableError('the message is shorter than it says')
  const part = cursor.bytes.subarray(cursor.at, end)
  cursor.at = end
  return part
}

function ofLength(bytes: Buffer, length: number): Buffer {
  if (bytes.length !== length) throw new ProtobufUnreadableError(`${length} bytes were expected, not ${bytes.length}`)
  return bytes
}
