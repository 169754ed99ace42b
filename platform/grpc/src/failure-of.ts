import { fromJson, type DescMessage, type FileRegistry, type JsonValue, type Message } from '@bufbuild/protobuf'
import { ConnectError } from '@connectrpc/connect'
import type { WireError } from '@ashlar/rpc'
import type { Codec } from './codec.ts'
import type { ProtoFile, ProtoRpc } from './proto-file.ts'
import { grpcCodes } from './status.ts'

/** What a failure's message and its details are made by. */
export interface FailureParts {
  readonly file: ProtoFile
  readonly codec: Codec
  readonly registry: FileRegistry
}

interface Detail {
  readonly desc: DescMessage
  readonly value: Message
}

/**
 * Says a failure as gRPC does: a code, and details that say the rest. `ErrorInfo` holds the contract's own code (domain: the
 * contract) or the platform's reason (domain: `platform`); then the data of a declared error as its own message, `BadRequest`
 * with what is wrong with which field, and `RetryInfo`.
 */
export function failureOf(error: WireError, rpc: ProtoRpc, { file, codec, registry }: FailureParts): ConnectError {
  const { status, reason, message, details, issues, retryAfterSeconds } = error
  const detail = (name: string, json: JsonValue): Detail => {
    const desc = registry.getMessage(`google.rpc.${name}`)
    if (desc === undefined) throw new TypeError(`no google.rpc.${name} is described`)
    return { desc, value: fromJson(desc, json, { registry }) }
  }
  const declared = rpc.errors.find(({ code }) => code === reason)
  const said = [detail('ErrorInfo', { reason, domain: declared === undefined ? 'platform' : file.package })]
  if (declared?.message !== undefined) {
    const desc = registry.getMessage(`${file.package}.${declared.message}`)
    if (desc !== undefined) said.push({ desc, value: codec.toMessage(declared.message, details) })
  }
  if (issues !== undefined) {
    const fieldViolations = issues.map(({ path, message }) => ({ field: path.join('.'), description: message }))
    said.push(detail('BadRequest', { fieldViolations }))
  }
  if (retryAfterSeconds !== undefined) said.push(detail('RetryInfo', { retryDelay: `${retryAfterSeconds}s` }))
  return new ConnectError(message, grpcCodes[status], undefined, said)
}
