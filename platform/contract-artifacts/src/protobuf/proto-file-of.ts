import type { AnyContract } from '@ashlar/contract'
import type { ProtoFile, ProtoMessage } from '@ashlar/grpc'
import type { FieldNumbers } from '../lock/field-numbers.ts'
import { draftOf } from './draft-contract.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import { snakeCase } from './proto-names.ts'
import type { DraftMessage } from './proto-file.ts'

/** A field has no number in the lock: numbers are pinned from other messages than those that are written. */
export class NumberMissingError extends Error {
  override readonly name = 'NumberMissingError'
}

/** Gives a contract as protobuf with the numbers pinned for it. Throws `NumberMissingError` for a field that has none, `MessageNameTakenError` when two shapes would be one message. */
export function protoFileOf(contract: AnyContract, numbers: FieldNumbers): ProtoFile {
  const draft = draftOf(contract)
  const messages = draft.messages.map((message) => numbered(message, numbers))
  return {
    package: contract.id,
    options: {
      go_package: `contracts/${contract.name}/v${contract.version};${contract.name}v${contract.version}`,
      java_multiple_files: true,
    },
    imports: messages.some(({ fields }) => fields.some(({ type }) => type.kind === 'json')) ? ['google/protobuf/struct.proto'] : [],
    service: { name: `${pascalCase(contract.name)}Service`, rpcs: draft.rpcs },
    messages,
  }
}

function numbered(message: DraftMessage, numbers: FieldNumbers): ProtoMessage {
  const pinned = numbers[message.name]
  const fields = message.fields.map((field) => {
    const number = pinned?.fields[field.key]
    if (number === undefined) throw new NumberMissingError(`${message.name}.${field.key} has no number in the lock`)
    return { ...field, number }
  })
  const reserved = { numbers: pinned?.reserved.numbers ?? [], names: (pinned?.reserved.names ?? []).map(snakeCase) }
  return { ...message, fields: fields.toSorted((a, b) => a.number - b.number), reserved }
}
