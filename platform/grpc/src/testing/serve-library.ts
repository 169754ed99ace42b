import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RequestRefusedError } from '@ashlar/contract'
import { implement, type SettledCall } from '@ashlar/rpc'
import { createLogger } from '@observability/telemetry'
import { grpcFace } from '../grpc-face.ts'
import { keepLibrary, library, libraryProtobuf, type Watching } from './library.ts'

/** The library on its two doors, and what was told of the calls it answered. */
export interface ServedLibrary extends AsyncDisposable {
  readonly grpcUrl: string
  readonly httpUrl: string
  readonly settled: readonly SettledCall[]
  readonly close: (graceMs: number) => Promise<void>
}

/** Serves the library by gRPC, and at an ordinary door, to `Bearer reader` (a service) and `Bearer ada` (a customer). */
export async function serveLibrary(watching?: Watching): Promise<ServedLibrary> {
  const settled: SettledCall[] = []
  const face = await grpcFace(library, { protobuf: () => Promise.resolve({ default: libraryProtobuf }) }).open({
    host: '127.0.0.1',
    listening: {
      implementations: [implement(library, keepLibrary(watching))],
      authenticate: async (authorization) => {
        if (authorization === 'Bearer reader') return { kind: 'service', name: 'reader' }
        if (authorization === 'Bearer ada') return { kind: 'customer', id: 'ada', sessionId: 's', roles: [] }
        throw new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, 'a token is missing')
      },
      logger: createLogger({ service: 'test', level: 'silent' }),
      maxBodyBytes: 10_000,
      onSettled: (call) => settled.push(call),
    },
  })
  const ordinary = createServer((request, response) => {
    if (!face.answer(request, response)) response.writeHead(404).end()
  })
  ordinary.listen(0, '127.0.0.1')
  await once(ordinary, 'listening')
  const dispose = async (): Promise<void> => {
    ordinary.close()
    ordinary.closeAllConnections()
    await face.close(0)
  }
  return {
    grpcUrl: `http://127.0.0.1:${face.port}`,
    httpUrl: `http://127.0.0.1:${(ordinary.address() as AddressInfo).port}`,
    settled,
    close: (graceMs) => face.close(graceMs),
    [Symbol.asyncDispose]: dispose,
  }
}
