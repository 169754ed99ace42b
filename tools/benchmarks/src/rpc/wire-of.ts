import { input, output } from './pricing.ts'
import type { ServerName } from './servers/server-names.ts'

/** How a server wants to be asked, and what it must answer, each in its own envelope. */
export interface Wire {
  readonly path: string
  readonly body: unknown
  readonly answer: unknown
}

const trpc: Wire = { path: '/rpc/catalogue.v1/priceLines', body: input, answer: { result: { data: output } } }
const plain: Wire = { path: '/priceLines', body: input, answer: output }
const wires: Readonly<Record<ServerName, Wire>> = {
  raw: trpc,
  ours: trpc,
  trpc,
  'trpc-fetch': trpc,
  orpc: { path: '/priceLines', body: { json: input }, answer: { json: output } },
  hono: plain,
  effect: plain,
  fastify: plain,
}

/** Gives the wire of a server. */
export function wireOf(server: ServerName): Wire {
  return wires[server]
}

/** Writes the request that every server is sent: with the headers that our own client sends, which only ours heeds. */
export function requestTo(server: ServerName): string {
  const { path, body } = wires[server]
  const text = JSON.stringify(body)
  const head = [
    `POST ${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'content-type: application/json',
    `content-length: ${Buffer.byteLength(text)}`,
    'x-request-id: 0f2e4c1a-8f3b-4a55-9d0e-6b7c1d2e3f40',
    'traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    'x-deadline-ms: 5000',
    '',
    '',
  ]
  return head.join('\r\n') + text
}
