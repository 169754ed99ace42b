import { protobufCodec } from '@ashlar/grpc/codec'
import { describe, expect, it } from 'vitest'
import { protobufComplaints } from '../testing/protobuf-complaints.ts'
import { attic } from './testing/everything.ts'
import { written } from './testing/written.ts'

const { file } = written(attic)

it('values of every kind of shape come through protobuf as they were', () => {
  const { values, complaints } = protobufComplaints(attic, file)
  expect(complaints).toEqual([])
  expect(values).toBeGreaterThan(300)
})

it('a codec that loses something is noticed', () => {
  const messages = file.messages.map((message) =>
    message.name === 'LookUpRequest' ? { ...message, fields: message.fields.filter(({ key }) => key !== 'tree') } : message,
  )
  expect(protobufComplaints(attic, { ...file, messages }).complaints.length).toBeGreaterThan(0)
})

describe('what did not come', () => {
  const codec = protobufCodec(file)
  const nothing = codec.decode('LookUpRequest', new Uint8Array()) as Record<string, unknown>

  it('is null where only null can stand there, and left out where that is allowed', () => {
    expect(nothing).toMatchObject({ orNull: null })
    expect(nothing).not.toHaveProperty('maybe')
    expect(nothing).not.toHaveProperty('preset')
  })

  it('of lists and maps is empty, or left out where it may be', () => {
    expect(nothing).toMatchObject({ byName: {} })
    expect(nothing).not.toHaveProperty('labels')
    expect(nothing).not.toHaveProperty('prices')
  })

  it('of a union is for the contract to refuse', () => {
    expect(attic.operations.lookUp.input.shape.payment.safeParse(nothing['payment']).success).toBe(false)
  })
})

it('a whole number too large to be exact reaches the contract as one it refuses', () => {
  const codec = protobufCodec(file)
  // field 1 of Price, as a foreign program may send it: 2^53 + 1
  const bytes = codec.encode('Price', { amountMinor: Number.MAX_SAFE_INTEGER, currency: 'EUR' })
  expect(codec.decode('Price', bytes)).toEqual({ amountMinor: Number.MAX_SAFE_INTEGER, currency: 'EUR' })
  const larger = Uint8Array.of(8, 0x81, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x10)
  const { amountMinor } = codec.decode('Price', larger) as { amountMinor: number }
  expect(Number.isSafeInteger(amountMinor)).toBe(false)
})
