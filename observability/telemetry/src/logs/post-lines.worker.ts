import { Agent as HttpAgent } from 'node:http'
import { parentPort, workerData } from 'node:worker_threads'
import { logsRequest } from './otlp-logs.ts'
import { post } from './post.ts'
import type { BatchDone, LineBatch } from './ship-lines.ts'
import { takesNoLogs } from './takes-no-logs.ts'

// Runs beside the service: it turns lines into OTLP and sends them, so that the service does not wait for either.

interface Destination {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly resource: Readonly<Record<string, string>>
}

const { url, headers, timeoutMs, resource } = workerData as Destination
const agent = url.startsWith('https:')
  ? await import('node:https').then(({ Agent }) => new Agent({ keepAlive: true }))
  : new HttpAgent({ keepAlive: true })
const pausesMs = [200, 1000]

parentPort?.on('message', (batch: LineBatch) => {
  void obey(batch)
})

async function obey(batch: LineBatch): Promise<void> {
  const outcome = await deliver(batch)
  parentPort?.postMessage({ lines: batch.count, outcome } satisfies BatchDone, [])
}

async function deliver({ service, lines }: LineBatch): Promise<BatchDone['outcome']> {
  const body = logsRequest({ ...resource, 'service.name': service }, lines.split('\n'))
  for (const pauseMs of [...pausesMs, undefined]) {
    const status = await post(url, { headers, timeoutMs, body, agent }).catch(() => 0)
    if (status >= 200 && status < 300) return 'delivered'
    if (takesNoLogs(status)) return 'unwanted'
    // what is refused once is refused again, unless the other side is only busy
    if (pauseMs === undefined || (status >= 400 && status < 500 && status !== 429)) return 'failed'
    await new Promise((resolve) => setTimeout(resolve, pauseMs))
  }
  return 'failed'
}
