import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { childOf, contextHeaders, newTrace, parseTraceparent, type CallContext } from '@observability/telemetry'

const requestIdForm = /^[A-Za-z0-9._-]{8,128}$/

/** Takes a request's id and trace from its headers where they are well formed, else begins its own. */
export function contextOf({ headers }: IncomingMessage): CallContext {
  const requestId = textOf(headers[contextHeaders.requestId])
  const trace = parseTraceparent(textOf(headers[contextHeaders.traceparent]), textOf(headers[contextHeaders.tracestate]))
  return {
    requestId: requestId !== undefined && requestIdForm.test(requestId) ? requestId : randomUUID(),
    trace: trace === undefined ? newTrace() : childOf(trace),
  }
}

export function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
