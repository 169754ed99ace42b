import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../is-alive.ts'
import { readPasswords, serviceDatabaseUrl } from './database-passwords.ts'
import { writeWhole } from './write-whole.ts'

/** Where the parts of a running system are; holds no password. */
export interface Topology {
  readonly startedAt: string
  /** The supervisor's process. */
  readonly pid: number
  readonly gatewayUrl: string
  readonly natsUrl: string
  readonly registryUrl: string
  readonly cardProviderUrl: string
  /** PostgreSQL's address without role or database. */
  readonly postgresUrl: string
  /** Where processes send their traces; the supervisor answers questions about them there unless the stack runs. */
  readonly otlpUrl?: string
  /** The services that run, by name. */
  readonly services: readonly string[]
}

/** No system runs on a folder. */
export class NothingRunningError extends Error {
  override readonly name = 'NothingRunningError'
}

/** Notes where a system's parts are, for the tools that come later. */
export async function writeTopology(folder: string, topology: Topology): Promise<void> {
  await writeWhole(join(folder, 'topology.json'), `${JSON.stringify(topology, undefined, 2)}\n`, { mode: 0o644 })
}

const startIt = 'Start it in another terminal: npm run dev'

/** Reads where the running system's parts are. Throws `NothingRunningError` when there is none, or only what one left behind that was killed. */
export async function readTopology(folder: string): Promise<Topology> {
  const topology = await readNote(folder)
  if (!isAlive(topology.pid)) throw new NothingRunningError(`The shop that ran here is gone. ${startIt}`)
  return topology
}

async function readNote(folder: string): Promise<Topology> {
  try {
    return JSON.parse(await readFile(join(folder, 'topology.json'), 'utf8')) as Topology
  } catch (cause) {
    throw new NothingRunningError(`The shop is not running here. ${startIt}`, { cause })
  }
}

/** Forgets a system that has stopped. */
export async function clearTopology(folder: string): Promise<void> {
  await rm(join(folder, 'topology.json'), { force: true })
}

/** Gives the address, password included, of a running system's service database: for operators' tools and the ledger's check. */
export async function databaseUrlOf(folder: string, service: string): Promise<string> {
  const { postgresUrl } = await readTopology(folder)
  const password = (await readPasswords(folder)).get(service)
  if (password === undefined)
    throw new NothingRunningError(`The service ${service} has no database here, or no password for it in ${join(folder, 'secrets.json')}.`)
  return serviceDatabaseUrl(postgresUrl, { service, password })
}

/** An address without user, password and path. */
export function withoutSecrets(address: string): string {
  const { protocol, host } = new URL(address)
  return `${protocol}//${host}`
}
