import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Transport } from './client/transport.ts'
import { openCallers, type Caller } from './testing/callers.ts'
import { serveParcels } from './testing/our-listener.ts'
import type { KeptParcels } from './testing/parcels.ts'
import type { ServedHttp } from './testing/serve-http.ts'
import { serveStockParcels } from './testing/stock-server.ts'
import { callCases, requestCases, runCase, type RequestCase } from './testing/wire-cases.ts'

type Served = ServedHttp & { kept: KeptParcels }

const servers: Readonly<Record<string, () => Promise<Served>>> = {
  'our listener': () => serveParcels(),
  'our listener on the stock wire': () => serveParcels({ wire: 'stock' }),
  "tRPC's own server": () => serveStockParcels(),
}

for (const [serverName, serve] of Object.entries(servers)) {
  for (const [callerName, open] of Object.entries(openCallers)) {
    describe(`${callerName} and ${serverName}`, () => {
      let server: Served
      let call: Caller
      let transport: Transport | undefined
      beforeAll(async () => {
        server = await serve()
        const opened = open(server)
        call = opened.call
        transport = opened.transport
      })
      afterAll(async () => {
        await transport?.close()
        await server[Symbol.asyncDispose]()
      })

      it.each(callCases)('$name', async (callCase) => {
        expect(await runCase(callCase, call)).toEqual(callCase.endings)
      })

      it('tells the handler when the caller goes away', async () => {
        const lingering = server.kept.nextLinger()
        const leaving = new AbortController()
        const ending = call('linger', {}, { signal: leaving.signal })
        await lingering.started
        leaving.abort()
        expect(await ending).toEqual({ kind: 'broken' })
        expect(await lingering.stopped).toBeInstanceOf(DOMException)
      })
    })
  }
}

describe('requests as any language may write them', () => {
  const served: Record<string, Served> = {}
  beforeAll(async () => {
    for (const [name, serve] of Object.entries(servers)) served[name] = await serve()
  })
  afterAll(async () => {
    for (const server of Object.values(served)) await server[Symbol.asyncDispose]()
  })
  const ask = async (serverName: string, { path, init }: RequestCase) => {
    const response = await fetch(`${served[serverName]?.url}${path}`, init)
    return { status: response.status, allow: response.headers.get('allow'), text: await response.text() }
  }

  describe.each(['our listener', 'our listener on the stock wire'])('%s', (serverName) => {
    it.each(requestCases)('answers $name like the stock server', async (requestCase) => {
      const stock = await ask("tRPC's own server", freshBody(requestCase))
      const ours = await ask(serverName, freshBody(requestCase))
      expect([ours.status, ours.allow]).toEqual([requestCase.status, stock.allow])
      expect(stock.status).toBe(requestCase.status)
      expect(withoutWording(ours.text)).toEqual(withoutWording(stock.text))
    })
  })
})

/** A stream can be sent once. */
function freshBody(requestCase: RequestCase): RequestCase {
  const { init } = requestCase
  if (!(init?.body instanceof ReadableStream)) return requestCase
  const [one, other] = init.body.tee()
  init.body = one
  return { ...requestCase, init: { ...init, body: other } }
}

interface Envelope {
  error?: { message?: string; data: { reason?: string; issues?: unknown } }
}

/** Leaves out what a server words for itself: messages, reasons and issues. What is left must be the same, to the last field. */
function withoutWording(text: string): unknown {
  const body = JSON.parse(text) as Envelope | Envelope[]
  const strip = ({ error, ...rest }: Envelope) => {
    if (error === undefined) return rest
    const { reason: _reason, issues: _issues, ...data } = error.data
    return { ...rest, error: { ...error, message: undefined, data } }
  }
  return Array.isArray(body) ? body.map(strip) : strip(body)
}
