import { createServer, type RequestListener } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { askOnce } from './ask-once.ts'

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

it('gives what a server says that is well', async () => {
  expect(await askOnce(await serve((_, response) => response.end('"127.0.0.1:8300"')))).toBe('"127.0.0.1:8300"')
  expect(await askOnce(await serve((_, response) => response.writeHead(204).end()))).toBe('')
})

it.each<[string, RequestListener]>([
  ['is not well', (_, response) => response.writeHead(503).end('no leader')],
  ['keeps silent', () => undefined],
  ['stops in the middle', (_, response) => response.writeHead(200, { 'content-length': 9 }).write('half', () => response.destroy())],
])('gives nothing of one that %s', async (_, answer) => {
  expect(await askOnce(await serve(answer), 200)).toBeUndefined()
})

it('gives nothing where nobody is', async () => {
  const url = await serve((_, response) => response.end())
  expect(await askOnce(url)).toBe('')
  expect(await askOnce(url.replace(/:\d+/, ':1'))).toBeUndefined()
})
