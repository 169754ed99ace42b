import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { databaseUrlOf, readTopology } from '@deploy/local'
import { freePorts, runSystem, type RunningSystem } from '@tools/dev'
import { Customer } from './customer.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** A shop at work: its door, and for the ledger's check where its books are. */
export interface Shop {
  /** The gateway's address. */
  readonly url: string
  readonly cardProviderUrl: string
  /** Gives a new customer, registered and signed in. */
  customer(name?: string): Promise<Customer>
  /** Address of a service's database: for the ledger's check, and for nothing else. */
  databaseUrl(service: string): Promise<string>
}

export interface StartedShop extends Shop, AsyncDisposable {
  readonly system: RunningSystem
  /** The newest lines of a process, for a test that failed. */
  logsOf(process: string): string
  /** Ends a process as a crash would; the supervisor starts it again. */
  kill(process: string): Promise<void>
  /** Waits until every process takes work. */
  ready(): Promise<void>
  stop(): Promise<void>
}

export interface StartShopOptions {
  /** Environment variables for every process, over those the harness sets. */
  readonly environment?: Readonly<Record<string, string>>
  /** `off` finds services through files; otherwise Consul is used where it can be had. */
  readonly consul?: 'if-present' | 'required' | 'off'
}

// a test registers more customers than a person would in a quarter of an hour
const raisedLimits = JSON.stringify({
  'open-write': { limit: 100_000, windowSeconds: 60 },
  checkout: { limit: 100_000, windowSeconds: 60 },
})

/** Starts the real shop (every process, PostgreSQL, NATS, a registry) on free ports and a folder of its own, ready to be used. */
export async function startShop({ environment = {}, consul = 'off' }: StartShopOptions = {}): Promise<StartedShop> {
  const folder = await mkdtemp(join(tmpdir(), 'shop-'))
  const system = await runSystem({
    root,
    folder,
    ports: await freePorts(),
    consul,
    data: 'emptied',
    environment: { GATEWAY_RATE_LIMITS: raisedLimits, ...environment },
  })
  const stop = async (): Promise<void> => {
    await system.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await system.ready(60_000)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    ...shopAt(system.topology, folder),
    system,
    logsOf: (name) => (system.processes.get(name)?.lines ?? [`there is no process ${name}`]).join('\n'),
    async kill(name) {
      const process = system.processes.get(name)
      if (process === undefined) throw new Error(`there is no process ${name}: ${[...system.processes.keys()].join(', ')}`)
      await process.kill()
    },
    ready: () => system.ready(60_000),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** Joins the shop that `npm run dev` runs in this checkout. Throws `NothingRunningError`, which says what to do. */
export async function joinShop(): Promise<Shop> {
  const folder = join(root, '.ashlar')
  return shopAt(await readTopology(folder), folder)
}

function shopAt({ gatewayUrl, cardProviderUrl }: { gatewayUrl: string; cardProviderUrl: string }, folder: string): Shop {
  return {
    url: gatewayUrl,
    cardProviderUrl,
    customer: (name) => Customer.register(gatewayUrl, name),
    databaseUrl: (service) => databaseUrlOf(folder, service),
  }
}
