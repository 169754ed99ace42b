import { httpStatusOf, jsonRpcCodeOf, statusCodes, type AshlarErrorShape, type StatusCode } from '@ashlar/contract'
import type { ServiceAnswer } from '../forward/read-reply.ts'
import type { Fault } from '../http/fault.ts'

/** One call's answer as the tRPC wire carries it. */
export interface WireReply {
  readonly status: number
  readonly body: Buffer
}

const start = Buffer.from('{"result":{"data":')
const end = Buffer.from('}}')

/** Puts a service's data into its envelope. */
export function wireAnswer({ data }: ServiceAnswer): WireReply {
  return { status: 200, body: Buffer.concat([start, data, end]) }
}

/** Writes a fault as a tRPC error; `path` is the name it was asked for by. */
export function wireFault({ status, code: reason, detail, data, issues, retryAfterSeconds }: Fault, path: string | undefined): WireReply {
  const code = codeFor(status)
  const error: AshlarErrorShape = {
    message: detail,
    code: jsonRpcCodeOf(code),
    data: {
      code,
      httpStatus: status,
      ...(path === undefined ? {} : { path }),
      reason,
      ...(data === undefined ? {} : { details: data }),
      ...(issues === undefined ? {} : { issues }),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  }
  return { status, body: Buffer.from(JSON.stringify({ error })) }
}

function codeFor(status: number): StatusCode {
  const codes = Object.keys(statusCodes) as StatusCode[]
  return codes.find((code) => httpStatusOf(code) === status) ?? 'INTERNAL_SERVER_ERROR'
}
