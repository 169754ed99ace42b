import { ByteWriter } from './byte-writer.ts'
import { encodeAttribute } from './encode-attributes.ts'

/** Writes whose spans these are, as the field `resource` of `ResourceSpans`. */
export function encodeResource(attributes: Readonly<Record<string, string>>): Uint8Array {
  const writer = new ByteWriter()
  writer.byte((1 << 3) | 2)
  const begun = writer.begin()
  for (const [key, value] of Object.entries(attributes)) encodeAttribute((1 << 3) | 2, { key, value }, writer)
  // none dropped, as OpenTelemetry's own serializer says
  writer.raw(Buffer.from([2 << 3, 0]))
  writer.end(begun)
  return Uint8Array.from(writer.written)
}
