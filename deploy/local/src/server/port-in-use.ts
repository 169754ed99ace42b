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
  return (await listenOnce(port)) !== undefined
}

/** Finds ports of 127.0.0.1 that are free now, each a different one. */
export async function findFreePorts(count: number): Promise<number[]> {
  const found = new Set<number>()
  while (found.size < count) found.add((await listenOnce(0))!)
  return [...found]
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (error: NodeJS.ErrnoException) => (error.code === 'EADDRINUSE' ? resolve(undefined) : reject(error)))
    probe.listen(port, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : port))
    })
  })
}
