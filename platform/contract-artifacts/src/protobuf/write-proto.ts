import type { Artefact } from '../artefact.ts'
import { jsonText } from '../json-text.ts'
import { pinNumbers } from '../lock/field-numbers.ts'
import { messageMembersOf } from './draft-contract.ts'
import { printProto } from './print-proto.ts'
import { protoFileOf } from './proto-file-of.ts'

/** Writes a contract's operations as protobuf, with the numbers that the last lock pins: for compilers, and as data for who serves it. */
export const writeProto: Artefact = (contract, previousLock) => {
  const numbers = pinNumbers(previousLock?.protobuf, messageMembersOf(contract))
  const file = protoFileOf(contract, numbers)
  return [
    { path: `${contract.name}.proto`, text: printProto(file) },
    { path: `${contract.name}.proto.json`, text: jsonText(file) },
  ]
}
