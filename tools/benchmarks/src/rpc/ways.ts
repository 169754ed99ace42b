import { UnknownWayError } from '../unknown-way.ts'
import type { ServerName } from './servers/server-names.ts'
import type { ClientName } from './clients/client-names.ts'

/** Which process is looked at: the one that answers, the one that asks, or both. */
export type Group = 'server' | 'client' | 'hop'

/** What our own platform does besides: nothing, tokens made and verified, or that and spans and measurements sent. */
export type Care = 'plain' | 'identity' | 'seen'

/** One way of answering a call, of making one, or both. */
export interface Way {
  readonly group: Group
  readonly name: string
  readonly what: string
  readonly server: ServerName
  readonly client: ClientName
  readonly care: Care
}

/** What each group is compared with: the same bytes with nothing around them, and what tRPC brings along. */
export const references: Readonly<Record<Group, { readonly raw: string; readonly stock: string }>> = {
  server: { raw: 'server/raw', stock: 'server/trpc' },
  client: { raw: 'client/dispatch', stock: 'client/http-link' },
  hop: { raw: 'hop/raw', stock: 'hop/stock' },
}

const server = (name: ServerName, what: string, care: Care = 'plain'): Way => ({
  group: 'server',
  name: `server/${name}${care === 'plain' ? '' : `-${care}`}`,
  what,
  server: name,
  client: 'load',
  care,
})
const client = (name: ClientName, what: string, care: Care = 'plain'): Way => ({
  group: 'client',
  name: `client/${name}${care === 'plain' ? '' : `-${care}`}`,
  what,
  server: 'raw',
  client: name,
  care,
})

const ways: readonly Way[] = [
  server('raw', 'node:http: the body read, the same bytes written'),
  server('ours', 'createRpcListener'),
  server('ours', 'the same with spans, measurements and both sent', 'seen'),
  server('trpc', '@trpc/server, standalone adapter'),
  server('trpc-fetch', '@trpc/server, fetch adapter on @hono/node-server'),
  server('orpc', 'oRPC, RPCHandler on node:http'),
  server('hono', 'Hono with its Zod validator; the output by Zod'),
  server('effect', 'Effect HttpApi'),
  server('fastify', 'fastify with JSON Schemas: Ajv in, fast-json-stringify out, which does not validate'),
  client('dispatch', 'undici dispatch; input written, answer parsed'),
  client('bytes', 'undici dispatch of the same bytes, the answer left unread'),
  client('ours', 'createClient'),
  client('ours', 'the same with identity, deadline of a context, span and measurement, sent', 'seen'),
  client('link', 'createTRPCClient with ashlarLink'),
  client('http-link', 'createTRPCClient with httpLink'),
  client('http-batch-link', 'createTRPCClient with httpBatchLink'),
  client('fetch', 'global fetch'),
  { group: 'hop', name: 'hop/raw', what: 'undici dispatch to node:http', server: 'raw', client: 'dispatch', care: 'plain' },
  {
    group: 'hop',
    name: 'hop/plain',
    what: 'createClient to createRpcListener, with deadline',
    server: 'ours',
    client: 'ours',
    care: 'plain',
  },
  { group: 'hop', name: 'hop/identity', what: 'the same with a token verified', server: 'ours', client: 'ours', care: 'identity' },
  { group: 'hop', name: 'hop/seen', what: 'and with spans and measurements of both, sent', server: 'ours', client: 'ours', care: 'seen' },
  { group: 'hop', name: 'hop/stock', what: 'httpLink to the standalone adapter', server: 'trpc', client: 'http-link', care: 'plain' },
]

/**
 * Picks the ways that were asked for, by name or by group, and what they are compared with. Throws `UnknownWayError` for one that is
 * not known.
 */
export function chooseWays(only: readonly string[] | undefined): readonly Way[] {
  const unknown = only?.find((asked) => !ways.some(({ group, name }) => asked === group || asked === name))
  if (unknown !== undefined)
    throw new UnknownWayError(`there is no ${unknown}: ${Object.keys(references).join(', ')}, ${ways.map(({ name }) => name).join(', ')}`)
  const asked = ways.filter(({ group, name }) => only === undefined || only.includes(group) || only.includes(name))
  const wanted = new Set(asked.flatMap(({ group, name }) => [name, references[group].raw, references[group].stock]))
  return ways.filter(({ name }) => wanted.has(name))
}
