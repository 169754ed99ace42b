import { createServer } from 'node:http'
import type { Instance } from '../registry.ts'

/** An instance that listens, with a switch for its readiness. */
export interface RunningInstance {
  readonly instance: Instance
  setReady(readiness: 'ready' | 'not-ready'): void
  close(): Promise<void>
}

/** Starts an http server that answers `/health/ready` and nothing else. */
export async function runInstance(service: string, id: string): Promise<RunningInstance> {
  let readiness = 'ready'
  const server = createServer((request, response) => {
    response.statusCode = request.url !== '/health/ready' ? 404 : readiness === 'ready' ? 200 : 503
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return {
    instance: { id, service, host: '127.0.0.1', port: address.port, contracts: [`${service}.v1`, `${service}.v2`] },
    setReady: (next) => (readiness = next),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
