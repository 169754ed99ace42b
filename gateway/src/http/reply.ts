import type { ServerResponse } from 'node:http'
import { problemOf, type Fault } from './problem.ts'

/** Sends a body in one write. */
export function reply(response: ServerResponse, status: number, body: Buffer | string | undefined, contentType = 'application/json'): void {
  if (response.headersSent || response.destroyed) return
  if (body === undefined || status === 204) {
    response.writeHead(status).end()
    return
  }
  response
    .writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body), 'x-content-type-options': 'nosniff' })
    .end(body)
}

/** Sends a fault as a problem document, with the headers that go with its status. */
export function replyProblem(response: ServerResponse, fault: Fault, traceId: string): void {
  setFaultHeaders(response, fault)
  reply(response, fault.status, JSON.stringify(problemOf(fault, traceId)), 'application/problem+json')
}

/** Sets `Retry-After`, `Allow` and `WWW-Authenticate` where the fault calls for them. */
export function setFaultHeaders(response: ServerResponse, fault: Fault): void {
  if (fault.retryAfterSeconds !== undefined) response.setHeader('retry-after', fault.retryAfterSeconds)
  if (fault.allow !== undefined) response.setHeader('allow', fault.allow)
  if (fault.status === 401) response.setHeader('www-authenticate', 'Bearer')
  if (fault.status === 413) response.setHeader('connection', 'close')
}
