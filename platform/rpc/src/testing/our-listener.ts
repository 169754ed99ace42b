import { Writable } from 'node:stream'
import { RequestRefusedError } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import { createLogger } from '@observability/telemetry'
import { implement } from '../server/implement.ts'
import type { RpcListenerOptions, SettledCall } from '../server/listener-options.ts'
import { createRpcListener, type RpcListener } from '../server/listener.ts'
import { keepParcels, parcels, type KeptParcels } from './parcels.ts'
import { serveHttp, type ServedHttp } from './serve-http.ts'

export const smallBodyBytes = 2_048

export interface ServedParcels extends ServedHttp {
  readonly kept: KeptParcels
  readonly settled: SettledCall[]
  /** Everything that was logged, one JSON text a line. */
  logged(): string
}

/** Believes `Bearer service:<name>` and `Bearer customer:<id>`; the real tokens are another package's matter. */
export function believe(authorization: string | undefined): Promise<Principal> {
  if (authorization === undefined) return Promise.resolve({ kind: 'anonymous' })
  const [, kind, name = ''] = /^Bearer (service|customer):(\w+)$/.exec(authorization) ?? []
  if (kind === 'service') return Promise.resolve({ kind: 'service', name })
  if (kind === 'customer') return Promise.resolve({ kind: 'customer', id: name, sessionId: 's-1', roles: [] })
  return Promise.reject(new RequestRefusedError({ status: 'UNAUTHORIZED', reason: 'unauthenticated' }, 'the token is not valid'))
}

/** Serves parcels by our listener. */
export async function serveParcels(options: Partial<RpcListenerOptions> & { id?: string } = {}): Promise<ServedParcels> {
  const kept = keepParcels()
  const settled: SettledCall[] = []
  const lines: string[] = []
  const destination = new Writable({
    write: (line: Buffer, _encoding, done) => {
      lines.push(line.toString())
      done()
    },
  })
  const listener = createRpcListener({
    implementations: [implement(parcels, kept.handlers)],
    authenticate: believe,
    logger: createLogger({ service: 'parcels', destination }),
    maxBodyBytes: smallBodyBytes,
    onSettled: (call) => settled.push(call),
    ...options,
  })
  const served = await serveHttp((req, res) => {
    if (!listener(req, res)) res.writeHead(404).end('not of rpc')
  }, options.id)
  return { ...served, kept, settled, logged: () => lines.join('') }
}

/** Makes a listener that says nothing, for a test that serves it itself. */
export function quietListener(options: Partial<RpcListenerOptions>): RpcListener {
  return createRpcListener({
    implementations: [],
    authenticate: believe,
    logger: createLogger({ service: 'parcels', level: 'silent' }),
    ...options,
  })
}
