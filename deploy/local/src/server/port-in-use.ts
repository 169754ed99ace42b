import { randomInt } from 'node:crypto'
import { PortInUseError } from './errors.ts'
import { isFree } from './is-free.ts'
import { otherPortBase } from './other-port-base.ts'
import { holderOfPort } from './port-holder.ts'

/** Throws `PortInUseError`, naming who seems to hold it and the way out, when something listens on the port of 127.0.0.1. */
export async function requireFreePort(port: number, wanted: string, command = 'npm run dev'): Promise<void> {
  if (await isFree(port)) return
  const holder = await holderOfPort(port)
  const who = holder === undefined ? 'another process' : `${holder.command} (process ${holder.pid})`
  const base = await otherPortBase(port)
  throw new PortInUseError(
    port,
    `Port ${port}, wanted for ${wanted}, is in use by ${who}. Stop that, or choose other ports: ASHLAR_PORT_BASE=${base} ${command}`,
  )
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
