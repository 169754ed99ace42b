import { createConnection } from 'node:net'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'
import { quietListener, type ServedParcels } from '../testing/our-listener.ts'
import { keepParcels, parcels } from '../testing/parcels.ts'
import { implement } from './implement.ts'

const { parcels: serve } = closedAfterEach()

describe('a listener on its own wire', () => {
  it('sends head and body in one piece, the body exactly as promised', async () => {
    const server = await serve()
    const pieces = await rawPieces(
      server,
      'POST /rpc/parcels.v2/sendParcel HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"grams":3}',
    )
    expect(pieces).toHaveLength(1)
    expect(pieces[0]).toMatch(/^HTTP\/1\.1 200 OK\r\n/)
    expect(pieces[0]?.split('\r\n\r\n')[1]).toBe('{"result":{"data":{"parcelId":"p-3","grams":3}}}')
  })

  it('refuses a body by its announced length, without waiting for it', async () => {
    const server = await serve()
    const pieces = await rawPieces(
      server,
      'POST /rpc/parcels.v2/sendParcel HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 3000\r\n\r\n',
    )
    expect(pieces[0]).toMatch(/^HTTP\/1\.1 413 /)
  })

  it('refuses bytes that are not UTF-8, in a body and in an address', async () => {
    const { url } = await serve()
    const body = Buffer.concat([Buffer.from('{"grams":1,"note":"'), Buffer.from([0xff]), Buffer.from('"}')])
    const sent = await fetch(`${url}/rpc/parcels.v2/sendParcel`, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    expect([sent.status, await sent.json()]).toMatchObject([400, { error: { data: { reason: 'invalid_json' } } }])
    const asked = await fetch(`${url}/rpc/parcels.v2/findParcel?input=%7B%22parcelId%22%3A%22%FF%22%7D`)
    expect([asked.status, await asked.json()]).toMatchObject([400, { error: { data: { reason: 'invalid_path' } } }])
  })

  it('answers what is ready and gives up the rest of a batch at the deadline', async () => {
    const server = await serve()
    const response = await fetch(`${server.url}/rpc/parcels.v2/findParcel,linger?batch=1`, {
      method: 'POST',
      body: '{"0":{"parcelId":"a"},"1":{}}',
      headers: { 'content-type': 'application/json', 'x-deadline-ms': '300' },
    })
    expect(response.status).toBe(207)
    expect(await response.json()).toMatchObject([
      { result: { data: { parcelId: 'a' } } },
      { error: { data: { reason: 'deadline_exceeded', path: 'linger' } } },
    ])
  })

  it('refuses a batch without end', async () => {
    const server = await serve()
    const response = await fetch(`${server.url}/rpc/parcels.v2/${Array.from({ length: 33 }, () => 'findParcel').join(',')}?batch=1`)
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({ error: { data: { reason: 'batch_too_large' } } })
  })

  it('does not start when an operation has nobody to keep it', () => {
    expect(() => quietListener({ implementations: [{ contract: parcels, invoke: new Map() }] })).toThrow(
      'parcels.v2/findParcel is promised but nobody keeps it',
    )
    const twice = implement(parcels, keepParcels().handlers)
    expect(() => quietListener({ implementations: [twice, twice] })).toThrow('parcels.v2 is served twice')
  })
})

/** Speaks HTTP by hand and gives what comes back, piece by piece, until the server has nothing more to say. */
async function rawPieces(server: ServedParcels, request: string): Promise<string[]> {
  const pieces: string[] = []
  const socket = createConnection(server.instance.port, '127.0.0.1', () => socket.write(request))
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('data', (piece) => {
      pieces.push(piece.toString())
      setImmediate(() => setImmediate(resolve))
    })
  })
  socket.destroy()
  return pieces
}
