import type { IncomingMessage, ServerResponse } from 'node:http'
import type { RpcListenerOptions } from './listener-options.ts'
import { refuseWhole } from './refuse-whole.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => void

/** Tells whether a caller asks for a streamed batch, which only tRPC's own adapter writes. */
export function wantsStream({ headers }: IncomingMessage): boolean {
  const accept = headers['trpc-accept'] ?? headers.accept
  return typeof accept === 'string' && accept.includes('application/jsonl')
}

/** Serves by tRPC's own adapter, loaded with the first request that needs it: most processes never do. */
export function stockFallback(options: RpcListenerOptions): Handle {
  let loading: Promise<Handle> | undefined
  return (req, res) => {
    loading ??= import('./stock-listener.ts').then(({ createStockListener }) => createStockListener(options))
    loading.then((handle) => handle(req, res)).catch((cause: unknown) => refuseWhole(options, { req, res, cause }))
  }
}
