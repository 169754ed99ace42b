import type { AnyContract } from '@ashlar/contract'
import type { ProtoFile } from '@ashlar/grpc'
import type { Artefact } from '../artefact.ts'
import { jsonText } from '../json-text.ts'
import type { ContractLock } from '../lock/contract-lock.ts'
import { pinNumbers } from '../lock/field-numbers.ts'
import { messageMembersOf } from './draft-contract.ts'
import { printProto } from './print-proto.ts'
import { protoFileOf } from './proto-file-of.ts'

/** Gives a contract as protobuf, with the numbers that the last lock pins and new ones for what is new. */
export function protobufOf(contract: AnyContract, previousLock: ContractLock | undefined): ProtoFile {
  return protoFileOf(contract, pinNumbers(previousLock?.protobuf, messageMembersOf(contract)))
}

/** Writes a contract's operations as protobuf, with the numbers that the last lock pins: for compilers, and as data for who serves it. */
export const writeProto: Artefact = (contract, previousLock) => {
  const file = protobufOf(contract, previousLock)
  return [
    { path: `${contract.name}.proto`, text: printProto(file) },
    { path: `${contract.name}.proto.json`, text: jsonText(file) },
  ]
}
