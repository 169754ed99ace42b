import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readLogs, readTraces, type LogRecord } from '../otlp/read-otlp.ts'
import type { SpanRecord } from '../trace-tree/span-record.ts'

/** Stands where a collector would, and keeps what it is sent. */
export interface OtlpReceiver extends AsyncDisposable {
  readonly url: string
  readonly port: number
  readonly spans: readonly SpanRecord[]
  readonly logs: readonly LogRecord[]
  /** All bodies as they came. */
  readonly bodies: readonly Buffer[]
  readonly contentTypes: ReadonlySet<string>
  /** Answers everything, or all that is sent to one path, with this from now on; not at all with `never`. */
  answer(status: number | 'never', path?: string): void
  close(): Promise<void>
}

/** Opens one on a free port, or on the one given. */
export async function openOtlpReceiver(port = 0): Promise<OtlpReceiver> {
  const [spans, logs, bodies, contentTypes] = [[] as SpanRecord[], [] as LogRecord[], [] as Buffer[], new Set<string>()]
  let usual: number | 'never' = 200
  const ofPaths = new Map<string, number | 'never'>()
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = { contentType: request.headers['content-type'], bytes: Buffer.concat(chunks) }
      const status = ofPaths.get(request.url ?? '') ?? usual
      bodies.push(body.bytes)
      contentTypes.add(body.contentType ?? '')
      if (status === 200 && request.url === '/v1/traces') spans.push(...readTraces(body))
      if (status === 200 && request.url === '/v1/logs') logs.push(...readLogs(body))
      if (status !== 'never') response.writeHead(status).end()
    })
  })
  await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    spans,
    logs,
    bodies,
    contentTypes,
    answer: (next, path) => void (path === undefined ? (usual = next) : ofPaths.set(path, next)),
    close,
    [Symbol.asyncDispose]: close,
  }
}
