import type { Artefact } from '../artefact.ts'
import { pinNumbers } from '../lock/field-numbers.ts'
import { messageMembersOf } from './draft-contract.ts'
import { printProto } from './print-proto.ts'
import { protoFileOf } from './proto-file-of.ts'

/** Writes a contract's operations as protobuf, with the numbers that the last lock pins. */
export const writeProto: Artefact = (contract, previousLock) => {
  const numbers = pinNumbers(previousLock?.protobuf, messageMembersOf(contract))
  return [{ path: `${contract.name}.proto`, text: printProto(protoFileOf(contract, numbers)) }]
}
