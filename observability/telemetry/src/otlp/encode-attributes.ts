import type { ByteWriter } from './byte-writer.ts'

export type AttributeValue = string | number | boolean | readonly (string | number | boolean | null | undefined)[]

// `KeyValue`, `AnyValue` and `ArrayValue` of opentelemetry/proto/common/v1/common.proto
const keyTag = (1 << 3) | 2
const valueTag = (2 << 3) | 2
const textTag = (1 << 3) | 2
const booleanTag = 2 << 3
const integerTag = 3 << 3
const doubleTag = (4 << 3) | 1
const listTag = (5 << 3) | 2
const listedTag = (1 << 3) | 2

/** Writes an attribute as a `KeyValue` under the tag given. */
export function encodeAttribute(
  tag: number,
  { key, value }: { readonly key: string; readonly value: AttributeValue },
  to: ByteWriter,
): void {
  to.byte(tag)
  const begun = to.begin()
  to.byte(keyTag)
  to.text(key)
  to.byte(valueTag)
  encodeValue(value, to)
  to.end(begun)
}

function encodeValue(value: AttributeValue, to: ByteWriter): void {
  const begun = to.begin()
  switch (typeof value) {
    case 'string':
      to.byte(textTag)
      to.text(value)
      break
    case 'boolean':
      to.byte(booleanTag)
      to.byte(value ? 1 : 0)
      break
    case 'number':
      encodeNumber(value, to)
      break
    default:
      to.byte(listTag)
      encodeList(value, to)
  }
  to.end(begun)
}

function encodeNumber(value: number, to: ByteWriter): void {
  if (Number.isSafeInteger(value)) {
    to.byte(integerTag)
    to.int64(value)
  } else {
    to.byte(doubleTag)
    to.double(value)
  }
}

function encodeList(values: Extract<AttributeValue, readonly unknown[]>, to: ByteWriter): void {
  const begun = to.begin()
  for (const value of values) {
    if (value === null || value === undefined) continue
    to.byte(listedTag)
    encodeValue(value, to)
  }
  to.end(begun)
}
