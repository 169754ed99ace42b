import { isDeepStrictEqual } from 'node:util'
import type { AnyBoundOperation, AnyContract, z } from '@ashlar/contract'
import type { ProtoFile } from '@ashlar/grpc'
import { protobufCodec, type ProtobufCodec } from '@ashlar/grpc/codec'
import { valuesOf } from '../values/values-of.ts'

interface Shape {
  readonly message: string
  readonly schema: z.ZodType
  readonly way: 'input' | 'output'
}

/** What was found by carrying values through protobuf's bytes. */
export interface Carried {
  /** How many values were tried. */
  readonly values: number
  readonly complaints: readonly string[]
}

const byChance = 60
// no wire takes half a character, or NUL, in a text
const unfit = /\\u0000|\\ud[89a-f]/i

/**
 * Carries valid values of every input, output and declared error of a contract through protobuf's bytes and back, those at
 * the edges and some by chance. Complains of each that is not valid any more, or says something else: only null, empty
 * and absent may be each other.
 */
export function protobufComplaints(contract: AnyContract, file: ProtoFile): Carried {
  const codec = protobufCodec(file)
  const complaints: string[] = []
  let carried = 0
  for (const shape of shapesOf(contract, file)) {
    const values = valuesOf(shape.schema, shape.way, shape.message)
    const edges = values.boundaries().map(({ value }) => value)
    for (const value of [...edges, ...Array.from({ length: byChance }, () => values.any())]) {
      if (unfit.test(JSON.stringify(value ?? null))) continue
      carried += 1
      const given = carry(codec, shape.message, value)
      const read = shape.schema.safeParse(given)
      if (!read.success || !isDeepStrictEqual(said(read.data), said(shape.schema.parse(value))))
        complaints.push(`${shape.message}: ${JSON.stringify(value)} came as ${JSON.stringify(given)}`)
    }
  }
  return { values: carried, complaints }
}

function carry(codec: ProtobufCodec, message: string, value: unknown): unknown {
  try {
    return codec.decode(message, codec.encode(message, value))
  } catch (error) {
    return { refused: String(error) }
  }
}

function shapesOf(contract: AnyContract, file: ProtoFile): Shape[] {
  return Object.values<AnyBoundOperation>(contract.operations).flatMap((operation): Shape[] => {
    // not called by gRPC
    if (operation.kind === 'subscription') return []
    const rpc = file.service.rpcs.find((each) => each.operation === operation.name)
    if (rpc === undefined) throw new TypeError(`${operation.address} has no rpc`)
    const errors = rpc.errors.flatMap(({ code, message }): Shape[] => {
      const data = operation.errors[code]?.data
      return message === undefined || data === undefined ? [] : [{ message, schema: data, way: 'output' }]
    })
    return [
      { message: rpc.request, schema: operation.input, way: 'input' },
      { message: rpc.response, schema: operation.output, way: 'output' },
      ...errors,
    ]
  })
}

/** A value without what protobuf cannot tell from absence. */
function said(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(said)
  // protobuf keeps the sign of zero, JSON text does not
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value
  const kept = Object.entries(value).flatMap(([key, inner]) => {
    const part = said(inner)
    const isNothing = part === null || part === undefined || (typeof part === 'object' && Object.keys(part).length === 0)
    return isNothing ? [] : [[key, part] as const]
  })
  return Object.fromEntries(kept)
}
