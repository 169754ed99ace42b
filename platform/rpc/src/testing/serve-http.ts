import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Instance } from '@ashlar/discovery'
import { parcels } from './parcels.ts'

export interface ServedHttp extends AsyncDisposable {
  readonly url: string
  readonly instance: Instance
}

/** Serves HTTP on a free port of this machine until disposed; then open connections are cut. */
export async function serveHttp(listener: RequestListener, id = 'one'): Promise<ServedHttp> {
  const server = createServer(listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await Promise.resolve()
  }
  return { url: `http://127.0.0.1:${port}`, instance: instanceAt(port, id), [Symbol.asyncDispose]: close }
}

/** An instance of parcels that claims to listen on a port of this machine. */
export function instanceAt(port: number, id: string): Instance {
  return { id, service: parcels.name, host: '127.0.0.1', port, contracts: [parcels.id] }
}

/** A port of this machine nobody listens on. */
export async function deadPort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
