import type { Agent, RequestOptions } from 'node:http'
import { http } from '../node-http.ts'

export interface Posted {
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** In OTLP's protobuf. */
  readonly body: Uint8Array
  readonly agent?: Agent
  readonly signal?: AbortSignal
}

/** Posts a request of OTLP and gives the status of the answer, whose body is not read. Rejects when there is none in time. */
export async function post(url: string, { headers, timeoutMs, body, agent, signal }: Posted): Promise<number> {
  const request = url.startsWith('https:') ? (await import('node:https')).request : http.request
  const options: RequestOptions = {
    method: 'POST',
    agent: agent ?? false,
    timeout: timeoutMs,
    headers: { ...headers, 'content-type': 'application/x-protobuf' },
    ...(signal === undefined ? {} : { signal }),
  }
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      response.resume()
      response.once('end', () => resolve(response.statusCode ?? 0)).once('error', reject)
    })
    sent.once('timeout', () => sent.destroy(new Error('no answer in time'))).once('error', reject)
    sent.end(body)
  })
}
