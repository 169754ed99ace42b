import { createRequire } from 'node:module'
import type { Pool } from 'undici'

// undici's own entry also loads its fetch, WebSocket and caches, 11 MB in every process that nobody here asks for, and gives
// pools their `request`. Its version is pinned; a test says what of it is relied upon.
const load = createRequire(import.meta.url)
const PoolAlone = load('undici/lib/dispatcher/pool.js') as typeof Pool
const request = load('undici/lib/api/api-request.js') as Pool['request']

/** Connections to one origin. */
export type ConnectionPool = Pick<Pool, 'dispatch' | 'request' | 'close' | 'destroy'>

/** Opens a pool; it connects when it is first asked something. To be closed or destroyed. */
export function openPool(origin: string, options: Pool.Options): ConnectionPool {
  return Object.assign(new PoolAlone(origin, options), { request })
}
