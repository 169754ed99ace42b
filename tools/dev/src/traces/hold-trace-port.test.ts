import { once } from 'node:events'
import { createServer, request as requestHttp } from 'node:http'
import type { Socket } from 'node:net'
import { findFreePorts, isFree } from '@deploy/local'
import { expect, it, onTestFinished } from 'vitest'
import { otlpJson, randomId } from '../testing/sent-spans.ts'
import { holdTracePort, type HeldPort } from './hold-trace-port.ts'
import { createTraceStore, type TraceStore } from './trace-store.ts'

interface Held {
  readonly port: number
  readonly store: TraceStore
  readonly held: HeldPort
  readonly changes: string[]
  readonly stack: { wantsIt: boolean }
}

async function hold(options: { port?: number; wantsIt?: boolean } = {}): Promise<Held> {
  const [free = 0] = await findFreePorts(1)
  const { port = free, wantsIt = false } = options
  const [store, changes, stack] = [createTraceStore({ maxTraces: 10, maxBytes: 1_000_000 }), [] as string[], { wantsIt }]
  const isWanted = (): Promise<boolean> => Promise.resolve(stack.wantsIt)
  const held = await holdTracePort({ port, store, isWanted, everyMs: 5, onChange: (holder) => changes.push(holder) })
  onTestFinished(() => held.close())
  return { port, store, held, changes, stack }
}

function send(port: number): Promise<Response> {
  const body = otlpJson('orders', [{ traceId: randomId(16), spanId: randomId(8), name: 'placeOrder' }])
  return fetch(`http://127.0.0.1:${port}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
}

it('receives from the start, and lets go when it is closed', async () => {
  const { port, store, held, changes } = await hold()
  expect((await send(port)).status).toBe(200)
  expect(store.counts().traces).toBe(1)
  expect(changes).toEqual(['us'])
  await held.close()
  expect(await isFree(port)).toBe(true)
})

it('makes way for a stack with senders in the middle of a request, and comes back with what it had', async () => {
  const { port, store, held, changes, stack } = await hold()
  await send(port)
  const slow = requestHttp(`http://127.0.0.1:${port}/v1/traces`, { method: 'POST', headers: { 'content-type': 'application/json' } })
  slow.on('error', () => undefined).write('{"resource')
  const [socket] = (await once(slow, 'socket')) as [Socket]
  if (socket.connecting) await once(socket, 'connect')
  stack.wantsIt = true
  await expect.poll(() => isFree(port)).toBe(true)
  expect(held.isOurs).toBe(false)
  stack.wantsIt = false
  await expect.poll(() => held.isOurs).toBe(true)
  expect((await send(port)).status).toBe(200)
  expect(store.counts().traces).toBe(2)
  expect(changes).toEqual(['us', 'others', 'us'])
})

it('does not touch the port of a stack that is there before it', async () => {
  const { port, held, stack } = await hold({ wantsIt: true })
  expect(held.isOurs).toBe(false)
  expect(await isFree(port)).toBe(true)
  stack.wantsIt = false
  await expect.poll(() => held.isOurs).toBe(true)
})

it('leaves the port to whoever has it, and takes it when that one has gone', async () => {
  const holder = createServer((_request, response) => response.end('mine')).listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const { held } = await hold({ port })
  expect(held.isOurs).toBe(false)
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('mine')
  holder.closeAllConnections()
  holder.close()
  await expect.poll(() => held.isOurs).toBe(true)
})
