import { hostname } from 'node:os'
import type { Instance } from '../registry.ts'

/** What one instance's file says: the instance, whether it is ready, and which process stands behind it. */
export interface Entry {
  readonly instance: Instance
  readonly isReady: boolean
  readonly pid: number
  readonly machine: string
}

/** A registrant touches its file this often. */
export const heartbeatMs = 1_000
/** An entry not touched for this long has no living registrant. */
export const staleAfterMs = 5_000

/** Describes an instance registered by this process. */
export function ownEntry(instance: Instance, isReady: boolean): Entry {
  return { instance, isReady, pid: process.pid, machine: hostname() }
}

/** Reads an entry; `undefined` for anything else that may lie in the folder. */
export function parseEntry(text: string): Entry | undefined {
  const entry = parsed(text)
  const instance = field(entry, 'instance')
  const [id, service, host, port, contracts] = ['id', 'service', 'host', 'port', 'contracts'].map((name) => field(instance, name))
  const [isReady, pid, machine] = ['isReady', 'pid', 'machine'].map((name) => field(entry, name))
  if (typeof id !== 'string' || typeof service !== 'string' || typeof host !== 'string' || typeof port !== 'number') return undefined
  if (typeof isReady !== 'boolean' || typeof pid !== 'number' || typeof machine !== 'string' || !isTextList(contracts)) return undefined
  return { instance: { id, service, host, port, contracts }, isReady, pid, machine }
}

/** Tells whether the process behind an entry is known to be gone; of another machine's process nothing is known. */
export function isProcessGone({ pid, machine }: Entry): boolean {
  if (machine !== hostname()) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    // a process of another user may not be signalled, but it is there
    return field(error, 'code') === 'ESRCH'
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
