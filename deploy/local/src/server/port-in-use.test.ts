import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { PortInUseError } from './errors.ts'
import { isFree } from './is-free.ts'
import { findFreePorts, requireFreePort } from './port-in-use.ts'

it('names the port, who holds it and the way out', async () => {
  const [port = 0] = await findFreePorts(1)
  await using holder = createServer().listen(port, '127.0.0.1')
  await once(holder, 'listening')

  const refusal = await requireFreePort(port, 'nats-server').catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(PortInUseError)
  expect((refusal as Error).message).toContain(`Port ${port}, wanted for nats-server, is in use by `)
  expect((refusal as Error).message).toMatch(/ASHLAR_PORT_BASE=\d+ npm run dev$/)
})

it('finds as many different free ports as asked for', async () => {
  const ports = await findFreePorts(9)
  expect(new Set(ports).size).toBe(9)
  for (const port of ports) expect(await isFree(port)).toBe(true)
})

it.runIf(process.platform === 'linux')('finds none of those that the kernel gives to connections meanwhile', async () => {
  const [lowest = 0] = (await readFile('/proc/sys/net/ipv4/ip_local_port_range', 'utf8')).split('\t').map(Number)
  expect(Math.max(...(await findFreePorts(40)))).toBeLessThan(lowest)
})

it.runIf(process.platform === 'linux')('names the process that holds the port', async () => {
  await using holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  await expect(requireFreePort(port, 'Consul')).rejects.toThrow(`(process ${process.pid})`)
})

it.runIf(process.platform === 'linux')('shows a command of several lines in one, and not all of it', async () => {
  const program = `
    // the first line
    require('node:net').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })
    // ${'and so on '.repeat(20)}`
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void holder.kill())
  const [line] = (await once(holder.stdout, 'data')) as [Buffer]
  const refusal: unknown = await requireFreePort(Number(line), 'Consul').catch((error: unknown) => error)
  expect((refusal as Error).message).toMatch(
    new RegExp(`^Port \\d+, wanted for Consul, is in use by .* -e // the first line req.*… \\(process ${holder.pid}\\)`),
  )
  expect((refusal as Error).message).not.toContain('\n')
})
