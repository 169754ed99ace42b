import type { IncomingMessage, ServerResponse } from 'node:http'
import { refuseWhole } from './refuse-whole.ts'
import type { StockOptions } from './stock-router.ts'

type Handle = (req: IncomingMessage, res: ServerResponse) => void

/** Tells whether a caller asks for a streamed batch, which only tRPC's own adapter writes. */
export function wantsStream({ headers }: IncomingMessage): boolean {
  const accept = headers['trpc-accept'] ?? headers.accept
  return typeof accept === 'string' && accept.includes('application/jsonl')
}

/** Serves by tRPC's own adapter, loaded with the first streamed batch or subscription: most processes never need it. */
export function stockFallback(options: StockOptions): Handle {
  let loading: Promise<Handle> | undefined
  return (req, res) => {
    loading ??= import('./stock-listener.ts').then(({ createStockListener }) => createStockListener(options))
    loading.then((handle) => handle(req, res)).catch((cause: unknown) => refuseWhole(options, { req, res, cause }))
  }
}
