import { fromBinary, toBinary } from '@bufbuild/protobuf'
import { codecOf } from './codec.ts'
import { descriptorOf } from './descriptor-of.ts'
import type { ProtoFile } from './proto-file.ts'

/** Carries values between a contract's JSON and protobuf's bytes. */
export interface ProtobufCodec {
  encode(message: string, value: unknown): Uint8Array
  decode(message: string, bytes: Uint8Array): unknown
}

/** Makes what writes and reads the bytes of a contract's messages, by their protobuf names. Both throw what protobuf throws. */
export function protobufCodec(file: ProtoFile): ProtobufCodec {
  const registry = descriptorOf(file)
  const codec = codecOf(file, registry)
  const named = (name: string) => {
    const descriptor = registry.getMessage(`${file.package}.${name}`)
    if (descriptor === undefined) throw new TypeError(`${file.package} has no message ${name}`)
    return descriptor
  }
  return {
    encode: (name, value) => toBinary(named(name), codec.toMessage(name, value)),
    decode: (name, bytes) => codec.fromMessage(name, fromBinary(named(name), bytes)),
  }
}
