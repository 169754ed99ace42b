import { serveSide } from '../serve-side.ts'
import { readSettings } from '../side-settings.ts'
import type { SideSettings } from './settings.ts'
import type { ServerName } from './servers/server-names.ts'

interface Serving {
  readonly port: number
  readonly telemetry?: { close(): Promise<void> } | undefined
}

const only = async (port: Promise<number>): Promise<Serving> => ({ port: await port })
// each process loads its own library only
const servers: Readonly<Record<ServerName, (settings: SideSettings) => Promise<Serving>>> = {
  raw: async () => only((await import('./servers/raw.ts')).serveRaw()),
  ours: async (settings) => (await import('./servers/ours.ts')).serveOurs(settings),
  trpc: async () => only((await import('./servers/trpc.ts')).serveTrpc()),
  'trpc-fetch': async () => only((await import('./servers/trpc.ts')).serveTrpcFetch()),
  orpc: async () => only((await import('./servers/orpc.ts')).serveOrpc()),
  hono: async () => only((await import('./servers/hono.ts')).serveHono()),
  effect: async () => only((await import('./servers/effect.ts')).serveEffect()),
  fastify: async () => only((await import('./servers/fastify.ts')).serveFastify()),
}

const settings = readSettings(process.env) as SideSettings
const serving = servers[settings.server](settings)
serveSide({
  port: async () => (await serving).port,
  flush: async () => (await serving).telemetry?.close(),
})
