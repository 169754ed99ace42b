/** How a call is answered. */
export type ServerName = 'raw' | 'ours' | 'trpc' | 'trpc-fetch' | 'orpc' | 'hono' | 'effect' | 'fastify'
