import type { AnyBoundOperation, AnyContract } from '@ashlar/contract'
import type { ProtoRpc } from '@ashlar/grpc'
import type { MessageMembers } from '../lock/field-numbers.ts'
import { DraftMessages } from './draft-messages.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import type { DraftMessage } from './proto-file.ts'

/** A contract as protobuf, its fields without numbers. */
export interface DraftFile {
  readonly rpcs: readonly ProtoRpc[]
  readonly messages: readonly DraftMessage[]
}

/** Reads a contract's operations as rpcs and messages, but for subscriptions, which are not called by gRPC. Throws `MessageNameTakenError` when two shapes would be one message. */
export function draftOf(contract: AnyContract): DraftFile {
  const messages = new DraftMessages()
  const called = (Object.values(contract.operations) as AnyBoundOperation[]).filter(({ kind }) => kind !== 'subscription')
  const rpcs = called.map((operation) => rpcOf(operation, messages))
  return { rpcs: inOrder(rpcs, 'name'), messages: messages.all() }
}

/** Gives the messages of a contract with what needs a number in each: the fields of an object, the words of a union's options. */
export function messageMembersOf(contract: AnyContract): MessageMembers {
  return Object.fromEntries(draftOf(contract).messages.map(({ name, fields }) => [name, fields.map(({ key }) => key)]))
}

function rpcOf(operation: AnyBoundOperation, messages: DraftMessages): ProtoRpc {
  const name = pascalCase(operation.name)
  const [request, response] = [`${name}Request`, `${name}Response`]
  messages.addRoot(request, operation.input)
  messages.addRoot(response, operation.output)
  const errors = Object.entries(operation.errors).map(([code, { status, data }]) => {
    if (data === undefined) return { code, status }
    const message = `${name}${pascalCase(code)}Error`
    messages.addRoot(message, data)
    return { code, status, message }
  })
  const isDeprecated = operation.deprecated !== undefined
  return {
    name,
    operation: operation.name,
    request,
    response,
    errors: inOrder(errors, 'code'),
    isQuery: operation.kind === 'query',
    isDeprecated,
  }
}

/** Alphabetically, so that lines moved in a contract move none in what is written. */
function inOrder<Key extends string, Entry extends Readonly<Record<Key, string>>>(entries: readonly Entry[], key: Key): Entry[] {
  return entries.toSorted((a, b) => (a[key] < b[key] ? -1 : 1))
}
