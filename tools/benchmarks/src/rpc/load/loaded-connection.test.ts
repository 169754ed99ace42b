import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { LoadedConnection, OtherReplyError } from './loaded-connection.ts'

const opened: (() => void)[] = []
afterEach(() => opened.splice(0).forEach((close) => close()))

const request = 'POST / HTTP/1.1\r\nhost: here\r\ncontent-length: 2\r\n\r\n{}'

async function loading(listener: RequestListener): Promise<LoadedConnection> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  const connection = new LoadedConnection((server.address() as AddressInfo).port)
  opened.push(() => (connection.close(), server.close()))
  return connection
}

/** Asks so often, and says how often an answer came. */
async function askedAgain(connection: LoadedConnection, times: number): Promise<number> {
  const reply = await connection.askOnce(request)
  let left = times
  const took: number[] = []
  await connection.askAgain({ request, reply }, { next: () => (left -= 1) >= 0, took: (ms) => took.push(ms) })
  return took.length
}

it('asks as often as it is told to, whatever pieces the answer comes in', async () => {
  const whole = await loading((_, response) => response.setHeader('content-length', 5).end('hello'))
  expect(await whole.askOnce(request)).toMatchObject({ status: 200, body: 'hello' })
  expect(await askedAgain(whole, 20)).toBe(20)
  const inPieces = await loading((_, response) => {
    response.writeHead(200).flushHeaders()
    setTimeout(() => response.write('hel'), 2)
    setTimeout(() => response.end('lo'), 4)
  })
  expect(await inPieces.askOnce(request)).toMatchObject({ status: 200, body: 'hello' })
  expect(await askedAgain(inPieces, 3)).toBe(3)
})

it.each([
  ['other bytes of the same length', 'hullo'],
  ['more of it', 'hello, you'],
])('stops at the first answer that has %s: what is wrong is not measured', async (_what, other) => {
  let asked = 0
  const connection = await loading((_, response) => {
    asked += 1
    response.end(asked < 4 ? 'hello' : other)
  })
  await expect(askedAgain(connection, 10)).rejects.toThrow(OtherReplyError)
  expect(asked).toBe(4)
})

it('does not wait for a server that is gone', async () => {
  let asked = 0
  const connection = await loading((_, response) => {
    asked += 1
    if (asked < 3) response.end('hello')
    else response.destroy()
  })
  await expect(askedAgain(connection, 10)).rejects.toThrow('closed the connection')
})
