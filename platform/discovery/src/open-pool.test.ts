import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { resolve } from 'node:path'
import { expect, it } from 'vitest'
import { openPool } from './open-pool.ts'

it('asks, and goes on with the same connection', async () => {
  const server = createServer((request, response) => response.end(`${request.method} ${request.socket.remotePort}`)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const pool = openPool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { allowH2: false, connections: 1 })
  const ask = async (): Promise<string> => (await pool.request({ method: 'GET', path: '/' })).body.text()
  const said = await ask()
  expect(said).toMatch(/^GET \d+$/)
  expect(await ask()).toBe(said)
  await pool.close()
  server.close()
})

it('loads nothing of undici that serves browsers’ ways of asking', () => {
  const program = `import { createRequire } from 'node:module'
    import ${JSON.stringify(resolve(import.meta.dirname, 'open-pool.ts'))}
    const loaded = Object.keys(createRequire(import.meta.url).cache).filter((file) => file.includes('/undici/'))
    console.log(loaded.length, loaded.filter((file) => /web\\/fetch\\/index|websocket|cache-handler/.test(file)).length)`
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8', cwd: import.meta.dirname })
  const [loaded, unwanted] = said.trim().split(' ').map(Number)
  expect(loaded).toBeGreaterThan(5)
  expect(unwanted).toBe(0)
})
