import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createConnection } from 'node:net'
import { Writable } from 'node:stream'
import { createLogger } from '@observability/telemetry'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Health } from './health.ts'
import { openHttpDoor, type HttpDoor } from './http-door.ts'

let door: HttpDoor
let answering: (request: IncomingMessage, response: ServerResponse) => void
const health = new Health()
health.watch('registry', async () => ({ healthy: false, required: false, detail: 'connect ECONNREFUSED 10.0.0.7:8500' }))
const lines: string[] = []
const destination = new Writable({ write: (line: Buffer, _encoding, done) => done(void lines.push(line.toString())) })
const logger = createLogger({ service: 'door', destination })

const opened = (more: Partial<Parameters<typeof openHttpDoor>[0]> = {}) =>
  openHttpDoor({ host: '127.0.0.1', port: 0, health, headersTimeoutMs: 150, requestTimeoutMs: 300, logger, answer, ...more })
const answer = (request: IncomingMessage, response: ServerResponse): boolean => {
  if (request.url === '/nothing') return false
  answering(request, response)
  return true
}
beforeEach(async () => {
  lines.length = 0
  answering = (_request, response) => void response.end('well')
  door = await opened()
})
afterEach(() => door.close(0))

/** Writes bytes, all of them before anything is read, and gives what comes until the connection is closed. */
async function tell(bytes: string, { port } = door): Promise<string> {
  const socket = createConnection({ port, host: '127.0.0.1', allowHalfOpen: true }).pause()
  await once(socket, 'connect')
  await new Promise((resolve) => socket.write(bytes, 'latin1', resolve))
  let text = ''
  for await (const piece of socket.setEncoding('latin1')) text += piece as string
  return text
}
const ask = (...lines: readonly string[]): string => [...lines, '', ''].join('\r\n')
const problemIn = (text: string) => JSON.parse(text.slice(text.lastIndexOf('\r\n\r\n') + 4)) as Record<string, unknown>

describe('what cannot be read as a request', () => {
  const chunked = ask('POST / HTTP/1.1', 'Host: x', 'Transfer-Encoding: chunked')
  it.each([
    { what: 'is no HTTP', bytes: 'hello\r\n\r\n', status: 400, code: 'bad_request' },
    { what: 'names no host', bytes: ask('GET / HTTP/1.1', 'Connection: close'), status: 400, code: 'bad_request' },
    {
      what: 'has more headers than anybody keeps',
      bytes: ask('GET / HTTP/1.1', 'Host: x', `A: ${'a'.repeat(8_000_000)}`),
      status: 431,
      code: 'headers_too_large',
    },
    { what: 'begins well and goes wrong in its body', bytes: `${chunked}zz\r\n`, status: 400, code: 'bad_request' },
    { what: 'does not end its headers', bytes: 'GET / HTTP/1.1\r\nHost: x\r\nA:', status: 408, code: 'request_timeout' },
    { what: 'does not end its body', bytes: `${chunked}1\r\nx\r\n`, status: 408, code: 'request_timeout' },
    {
      what: 'expects the unexpected',
      bytes: ask('GET / HTTP/1.1', 'Host: x', 'Connection: close', 'Expect: tea'),
      status: 417,
      code: 'bad_request',
    },
    { what: 'is for nobody here', bytes: ask('GET /nothing HTTP/1.1', 'Host: x', 'Connection: close'), status: 404, code: 'not_found' },
  ])('is told so by a problem document, and its connection closed: it $what', async ({ bytes, status, code }) => {
    answering = (request, response) => void request.resume().on('end', () => response.end('well'))
    const text = await tell(bytes)
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    expect(text).toMatch(/^content-type: application\/problem\+json$/im)
    expect(text).toMatch(/^connection: close$/im)
    expect(problemIn(text)).toMatchObject({ type: `urn:ashlar:problem:${code}`, status, code, detail: expect.stringMatching(/\w/) })
    const logged = lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter(({ route }) => route === 'unreadable')
    expect(logged).toMatchObject([{ event: 'request', status, code, trace_id: problemIn(text)['traceId'] }])
  })

  it('does not take its answer from a request that came before it', async () => {
    const { promise: later, resolve: now } = Promise.withResolvers<void>()
    answering = (_request, response) => void later.then(() => response.end('well'))
    const told = tell(`${ask('GET / HTTP/1.1', 'Host: x')}garbage\r\n\r\n`)
    setImmediate(now)
    const text = await told
    expect(text).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1)
  })

  it('is not answered into an answer that has begun', async () => {
    answering = (_request, response) => {
      response.writeHead(200, { 'content-length': 100 }).write('half')
    }
    const text = await tell(`${chunked}zz\r\n`).catch((error: NodeJS.ErrnoException) => error.code)
    expect(text).not.toContain('400')
  })
})

describe('the health of what stands behind the door', () => {
  const ready = async ({ port }: HttpDoor) => (await fetch(`http://127.0.0.1:${port}/health/ready?now`)).text()

  it('is told to neighbours with all that is wrong', async () => {
    expect(JSON.parse(await ready(door))).toMatchObject({
      status: 'ready',
      dependencies: { registry: { healthy: false, detail: 'connect ECONNREFUSED 10.0.0.7:8500', latencyMs: expect.any(Number) } },
    })
  })

  it('is told to the public by its states alone', async () => {
    const open = await opened({ healthAudience: 'public' })
    expect(JSON.parse(await ready(open))).toEqual({ status: 'ready', dependencies: { registry: { healthy: false } } })
    await open.close(0)
  })
})
