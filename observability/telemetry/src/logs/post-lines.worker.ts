import { request as requestHttp, Agent as HttpAgent } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { logsRequest } from './otlp-logs.ts'
import type { BatchDone, LineBatch } from './ship-lines.ts'

// Runs beside the service: it turns lines into OTLP and sends them, so that the service does not wait for either.

interface Destination {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly resource: Readonly<Record<string, string>>
}

const { url, headers, timeoutMs, resource } = workerData as Destination
const { request, agent } = url.startsWith('https:')
  ? await import('node:https').then((https) => ({ request: https.request, agent: new https.Agent({ keepAlive: true }) }))
  : { request: requestHttp, agent: new HttpAgent({ keepAlive: true }) }
const pausesMs = [200, 1000]

parentPort?.on('message', (batch: LineBatch) => {
  void obey(batch)
})

async function obey(batch: LineBatch): Promise<void> {
  const isDelivered = await deliver(batch)
  parentPort?.postMessage({ lines: batch.count, isDelivered } satisfies BatchDone, [])
}

async function deliver({ service, lines }: LineBatch): Promise<boolean> {
  const body = logsRequest({ ...resource, 'service.name': service }, lines.split('\n'))
  for (const pauseMs of [...pausesMs, undefined]) {
    const status = await post(body).catch(() => 0)
    if (status >= 200 && status < 300) return true
    // what is refused once is refused again, unless the other side is only busy
    if (pauseMs === undefined || (status >= 400 && status < 500 && status !== 429)) return false
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return false
}

function post(body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, timeout: timeoutMs, headers: { ...headers, 'content-type': 'application/json' } },
      (response) => {
        response.resume()
        response.once('end', () => resolve(response.statusCode ?? 0)).once('error', reject)
      },
    )
    sent.once('timeout', () => sent.destroy(new Error('no answer in time'))).once('error', reject)
    sent.end(body)
  })
}
