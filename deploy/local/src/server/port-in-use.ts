import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { PortInUseError } from './errors.ts'
import { holderOfPort } from './port-holder.ts'

/** Throws `PortInUseError`, naming who seems to hold it and the way out, when something listens on the port of 127.0.0.1. */
export async function requireFreePort(port: number, wanted: string, command = 'npm run dev'): Promise<void> {
  if (await isFree(port)) return
  const holder = await holderOfPort(port)
  const who = holder === undefined ? 'another process' : `${holder.command} (process ${holder.pid})`
  throw new PortInUseError(
    port,
    `Port ${port}, wanted for ${wanted}, is in use by ${who}. Stop that, or choose other ports: ASHLAR_PORT_BASE=4800 ${command}`,
  )
}

/** Whether nothing listens on a port of 127.0.0.1. */
export async function isFree(port: number): Promise<boolean> {
  return listenOnce(port)
}

// Lower than those a kernel gives to whoever asks for any, connections above all: a port found there is often taken by the time it is used.
const ours = { from: 10_240, to: 32_768 }

/** Finds ports of 127.0.0.1 that are free now, each a different one, and likely to be so until whoever asked has started something there. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) {
    const port = randomInt(ours.from, ours.to)
    if (await isFree(port)) found.add(port)
  }
  return [...found]
}

function listenOnce(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(false) : reject(error)))
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)))
  })
}
