import type { IncomingMessage } from 'node:http'
import { annotate, parseTraceparent, runInContext, type Telemetry } from '@observability/telemetry'
import type { Reply } from './answer-request.ts'

const routes = [/^\/charges$/, /^\/refunds$/, /^\/charges\/by-key\/[^/]+$/, /^\/refunds\/by-key\/[^/]+$/, /^\/ledger$/]

/** Answers a request in a span of its own, below its caller's. Health, and what nobody answers, make none. */
export async function traced({ tracing }: Telemetry, request: IncomingMessage, answer: () => Promise<Reply>): Promise<Reply> {
  const { url = '/', headers } = request
  const method = request.method === 'POST' ? 'POST' : 'GET'
  const [path = ''] = url.split('?', 1)
  if (!routes.some((route) => route.test(path))) return answer()
  // a key differs from charge to charge
  const route = path.replace(/by-key\/.*/, 'by-key/{key}')
  const attributes = { 'http.request.method': method, 'http.route': route }
  const parent = parseTraceparent(textOf(headers['traceparent']), textOf(headers['tracestate']))
  const span = tracing.start(`${method} ${route}`, { kind: 'server', parent, attributes })
  return runInContext({ requestId: span.trace.spanId, trace: span.trace, span }, async () => {
    let status = 500
    try {
      const reply = await answer()
      status = reply.status
      return reply
    } finally {
      annotate({ 'http.response.status_code': status })
      span.end(status >= 500 ? { error: String(status) } : undefined)
    }
  })
}

function textOf(header: string | string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined
}
