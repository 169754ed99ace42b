import type { ProtoField, ProtoMessage } from '@ashlar/grpc'
import type { Level } from '../compare-shapes.ts'

interface ReservedDifference {
  /** The field that took what was reserved, where one did. */
  readonly field?: ProtoField
  readonly aspect: string
  readonly said: string
  readonly level: Level
}

/** Says what a field that is gone left unreserved; `undefined` when nobody can take its place. */
export function unreservedIn({ reserved }: ProtoMessage, { name, number }: ProtoField): string | undefined {
  const missing = [
    ...(reserved.numbers.includes(number) ? [] : [`number ${number}`]),
    ...(reserved.names.includes(name) ? [] : [`name ${name}`]),
  ]
  return missing.length === 0 ? undefined : `was removed without keeping its protobuf ${missing.join(' and ')} from others`
}

/** Lists numbers that were kept from fields and are not any more. A name may come back: its field then has another number. */
export function reservedDifferences({ was, is }: { was: ProtoMessage; is: ProtoMessage }): ReservedDifference[] {
  // a message by another name has a memory of its own
  if (was.name !== is.name) return []
  const lost = was.reserved.numbers.filter((number) => !is.reserved.numbers.includes(number))
  const numbers = lost.map((number): ReservedDifference => {
    const field = is.fields.find((one) => one.number === number)
    if (field === undefined)
      return {
        aspect: `protobuf unreserved ${number}`,
        said: `does not keep its protobuf number ${number} from others any more`,
        level: 'breaking',
      }
    return { field, aspect: 'protobuf number', said: `took the protobuf number ${number}, which was kept from others`, level: 'breaking' }
  })
  const forgotten = was.reserved.names.filter(
    (name) => !is.reserved.names.includes(name) && !is.fields.some((field) => field.name === name),
  )
  return [
    ...numbers,
    ...forgotten.map((name): ReservedDifference => ({
      aspect: `protobuf unreserved ${name}`,
      said: `does not keep its protobuf name ${name} from others any more`,
      level: 'breaking',
    })),
  ]
}
