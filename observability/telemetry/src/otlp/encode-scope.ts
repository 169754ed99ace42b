import { ByteWriter } from './byte-writer.ts'

/** Writes what recorded something, as the field `scope` of `ScopeSpans` and `ScopeLogs`. */
export function encodeScope(name: string): Uint8Array {
  const writer = new ByteWriter()
  writer.byte((1 << 3) | 2)
  const begun = writer.begin()
  writer.byte((1 << 3) | 2)
  writer.text(name)
  writer.end(begun)
  return Uint8Array.from(writer.written)
}
