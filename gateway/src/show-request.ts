import type { IncomingMessage } from 'node:http'
import {
  labelVocabulary,
  type CallContext,
  type LabelValue,
  type StartedSpan,
  type Telemetry,
  type TraceContext,
} from '@observability/telemetry'
import type { EndedRequest } from './ended-request.ts'

/**
 * Starts the span of a request, named by its method until its route is known. The address asked for and the headers are the
 * caller's own words, which may hold anything: none of them is recorded, nor where the caller is.
 */
export function startRequest({ tracing }: Telemetry, { method, socket }: IncomingMessage, caller: TraceContext | undefined): StartedSpan {
  const known = knownMethod(method)
  const { localAddress, localPort } = socket
  const attributes = { 'http.request.method': known, 'url.scheme': 'http', 'server.address': localAddress, 'server.port': localPort }
  return tracing.start(nameOf(known), { kind: 'server', parent: caller, attributes })
}

/** Ends the span of a request and counts it. Only what the gateway or what is behind it failed at is an error. */
export function showRequest(
  { metrics }: Telemetry,
  { span, trace }: CallContext,
  { method, route, status, code, durationMs }: EndedRequest,
): void {
  const known = knownMethod(method)
  // there is no end of what a batch may put together
  const template = route.includes(',') ? '/trpc/{batch}' : route
  if (span?.isRecording === true) {
    if (template !== '') {
      span.rename(`${nameOf(known)} ${template}`)
      span.set({ 'http.route': template })
    }
    span.set({ 'http.response.status_code': status, 'call.reason': code })
  }
  span?.end(status >= 500 ? { error: code ?? String(status) } : undefined)
  const labels = { http_request_method: known, http_route: template, http_response_status_code: String(status) }
  metrics.observe('http_server_request_duration_seconds', labels, durationMs / 1_000, trace)
}

type Method = LabelValue<'http_request_method'>

function knownMethod(method: string | undefined): Method {
  return labelVocabulary.http_request_method.values.find((known) => known === method) ?? '_OTHER'
}

function nameOf(method: Method): string {
  return method === '_OTHER' ? 'HTTP' : method
}
