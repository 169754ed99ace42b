import type { ServerResponse } from 'node:http'
import { endResponse } from '@ashlar/rpc'
import { problemOf } from '@ashlar/service'
import type { Fault } from './fault.ts'

export interface Reply {
  readonly status: number
  /** Nothing for 204. */
  readonly body?: Buffer | string
  /** `application/json` unless said. */
  readonly contentType?: string
}

/** Sends an answer. Answers are for who asked: nobody on the way keeps them. */
export function reply(response: ServerResponse, { status, body = '', contentType = 'application/json' }: Reply): void {
  if (response.headersSent || response.destroyed) return
  if (status === 204) {
    response.writeHead(status).end()
    return
  }
  const headers = {
    'content-type': contentType,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  }
  endResponse(response, { status, headers }, body)
}

/** Sends a fault as a problem document, with the headers that go with its status. */
export function replyProblem(response: ServerResponse, fault: Fault, traceId: string): void {
  setFaultHeaders(response, fault)
  reply(response, { status: fault.status, body: JSON.stringify(problemOf(fault, traceId)), contentType: 'application/problem+json' })
}

/** Sets `Retry-After`, `Allow` and `WWW-Authenticate` where the fault calls for them. */
export function setFaultHeaders(response: ServerResponse, fault: Fault): void {
  if (response.headersSent) return
  if (fault.retryAfterSeconds !== undefined) response.setHeader('retry-after', fault.retryAfterSeconds)
  if (fault.allow !== undefined) response.setHeader('allow', fault.allow)
  if (fault.status === 401) response.setHeader('www-authenticate', 'Bearer')
}
