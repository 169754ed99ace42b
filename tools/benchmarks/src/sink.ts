import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { readLogs, readTraces } from '@observability/telemetry/otlp'

/** How much a way has sent. */
export interface Sent {
  readonly spans: number
  readonly lines: number
}

/** Stands where a collector would. It reads what it was sent when asked, which is never while something is measured. */
export interface Sink extends AsyncDisposable {
  urlFor(way: string): string
  takenFrom(way: string): Sent
  /** Resolves when nothing has come for a while: who sends may not know any more what is on its way. */
  settled(): Promise<void>
}

interface Parcel {
  readonly path: string
  readonly contentType: string | undefined
  readonly bytes: Buffer
}

const quietMs = 250

/** Opens one on a free port. */
export async function openSink(): Promise<Sink> {
  const parcels: Parcel[] = []
  let lastAt = Number.NEGATIVE_INFINITY
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      lastAt = performance.now()
      parcels.push({ path: request.url ?? '', contentType: request.headers['content-type'], bytes: Buffer.concat(chunks) })
      response.writeHead(200).end()
    })
  })
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    urlFor: (way) => `http://127.0.0.1:${port}/${way}`,
    takenFrom(way) {
      const own = parcels.filter(({ path }) => path.startsWith(`/${way}/`))
      parcels.splice(0)
      return {
        spans: own.filter(({ path }) => path.endsWith('/traces')).flatMap((parcel) => readTraces(parcel)).length,
        lines: own.filter(({ path }) => path.endsWith('/logs')).flatMap((parcel) => readLogs(parcel)).length,
      }
    },
    async settled() {
      while (performance.now() - lastAt < quietMs) await sleep(quietMs / 5)
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
