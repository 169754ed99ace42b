import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { closedAfterEach } from '../testing/closed-after-each.ts'

const { parcels: serve } = closedAfterEach()
const mebibyte = 1_048_576

async function connected(port: number): Promise<Socket> {
  const socket = createConnection({ port, host: '127.0.0.1', allowHalfOpen: true })
  await once(socket, 'connect')
  return socket.pause()
}

function head(...lines: readonly string[]): string {
  return ['POST /rpc/parcels.v2/sendParcel HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...lines, '', ''].join('\r\n')
}

/** Writes everything before it reads anything, as simple clients do, and gives what then comes until the end. */
async function tell(port: number, chunks: Iterable<Buffer | string>): Promise<string> {
  const socket = await connected(port)
  for (const chunk of chunks) if (!socket.write(chunk)) await once(socket, 'drain')
  let text = ''
  for await (const piece of socket.setEncoding('latin1')) text += piece as string
  return text
}

function* repeated(chunk: Buffer, times: number): Generator<Buffer> {
  for (let time = 0; time < times; time += 1) yield chunk
}

describe('a refusal while its request’s body is still on the way', () => {
  const port = async () => (await serve()).instance.port

  it('reaches a caller who reads nothing before all is sent', async () => {
    const body = repeated(Buffer.alloc(mebibyte, 'x'), 8)
    const text = await tell(await port(), [head(`Content-Length: ${8 * mebibyte}`), ...body])
    expect(text).toMatch(/^HTTP\/1\.1 413 .*\r\nconnection: close\r\n/is)
    expect(JSON.parse(text.split('\r\n\r\n')[1] ?? '')).toMatchObject({ error: { data: { reason: 'body_too_large' } } })
  })

  it('closes the connection when the length is not known, once the body has ended', async () => {
    const chunk = Buffer.from(`100000\r\n${'x'.repeat(mebibyte)}\r\n`)
    const text = await tell(await port(), [head('Transfer-Encoding: chunked'), ...repeated(chunk, 4), '0\r\n\r\n'])
    expect(text).toMatch(/^HTTP\/1\.1 413 .*\r\nconnection: close\r\n/is)
    expect(text).toMatch(/"reason":"body_too_large"/)
  })

  it('is the last thing said to a caller who never ends', async () => {
    const socket = await connected(await port())
    socket.on('error', () => undefined)
    socket.write(head(`Content-Length: ${1_000 * mebibyte}`))
    const [refusal] = (await once(socket.resume().setEncoding('latin1'), 'data')) as [string]
    expect(refusal).toMatch(/^HTTP\/1\.1 413 /)
    const gone = new Promise((resolve) => socket.once('close', resolve))
    const flood = Buffer.alloc(65_536, 'x')
    while (!socket.destroyed) {
      socket.write(flood)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await gone
    expect(socket.bytesWritten).toBeLessThan(100 * mebibyte)
  })
})
