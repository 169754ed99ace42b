import type { IncomingMessage, ServerResponse } from 'node:http'
import { renderMetrics, type Metrics } from '@observability/telemetry'

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean

/** Makes what answers `GET /metrics` with the metrics of a whole process, in the OpenMetrics format; `false` for anything else. */
export function answerMetrics(sources: () => readonly Metrics[]): Answer {
  return ({ url, method }, response) => {
    if (url !== '/metrics' || method !== 'GET') return false
    void sendMetrics(sources(), response)
    return true
  }
}

async function sendMetrics(sources: readonly Metrics[], response: ServerResponse): Promise<void> {
  try {
    const { contentType, text } = await renderMetrics(sources)
    const headers = { 'content-type': contentType, 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' }
    response.writeHead(200, headers).end(text)
  } catch {
    // who collects metrics sees it by `up`; the request is over either way
    response.destroy()
  }
}
