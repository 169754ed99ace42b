import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { databaseUrlOf, readTopology } from '@deploy/local'
import { freePorts, runSystem, type RunningSystem, type SystemOptions } from '@tools/dev'
import { Customer } from './customer.ts'
import { makeShopFolder } from './shop-folder.ts'

export const repository = fileURLToPath(new URL('../..', import.meta.url))
const patienceMs = 120_000

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

/** Everything each process has printed, by its name; and what the supervisor did about it. */
export type Logs = ReadonlyMap<string, readonly string[]>

export interface StartedShop extends Shop, AsyncDisposable {
  readonly system: RunningSystem
  readonly logs: Logs
  /** Where a process listens by itself, behind the gateway's back. */
  addressOf(process: string): string
  /** Ends a process as a crash would; the supervisor starts it again. */
  kill(process: string): Promise<void>
  /** Waits until every process takes work. */
  ready(): Promise<void>
  stop(): Promise<void>
}

export interface StartShopOptions extends Pick<SystemOptions, 'only' | 'traces'> {
  /** Environment variables for every process, over those the harness sets. */
  readonly environment?: Readonly<Record<string, string>>
  /** `off` finds services through files; otherwise Consul is used where it can be had. */
  readonly consul?: 'if-present' | 'required' | 'off'
  /** Where its programs lie; this repository unless said. */
  readonly root?: string
}

// a test asks more in a minute than a person would in a day
const rateClasses = ['open-write', 'open-read', 'customer-write', 'customer-read', 'checkout', 'failed-token']
const raisedLimits = JSON.stringify(Object.fromEntries(rateClasses.map((name) => [name, { limit: 1_000_000, windowSeconds: 60 }])))

/** Starts the real shop (every process, PostgreSQL, NATS, a registry) on free ports and a folder of its own, ready to be used. */
export async function startShop({
  environment = {},
  consul = 'off',
  only,
  traces = 'ignored',
  root = repository,
}: StartShopOptions = {}): Promise<StartedShop> {
  const folder = await makeShopFolder()
  const logs = new Map<string, string[]>()
  const note = (process: string, line: string): void => void (logs.get(process)?.push(line) ?? logs.set(process, [line]))
  try {
    const system = await runSystem({
      root,
      folder: folder.path,
      ports: await freePorts(),
      only,
      traces,
      consul,
      data: 'emptied',
      environment: { GATEWAY_RATE_LIMITS: raisedLimits, ...environment },
      onLine: note,
      onNote: note,
    })
    const shop = shopOf(system, { logs, remove: () => folder.remove() })
    await shop.ready().catch(async (error: unknown) => {
      await shop.stop()
      throw error
    })
    return shop
  } catch (error) {
    await folder.remove()
    throw error
  }
}

/** Joins the shop that `npm run dev` runs in this checkout. Throws `NothingRunningError`, which says what to do. */
export async function joinShop(): Promise<Shop> {
  const folder = join(repository, '.ashlar')
  return shopAt(await readTopology(folder), folder)
}

function shopOf(system: RunningSystem, { logs, remove }: { logs: Logs; remove: () => Promise<void> }): StartedShop {
  const processOf = (name: string) => {
    const process = system.processes.get(name)
    if (process === undefined) throw new Error(`there is no process ${name}: ${[...system.processes.keys()].join(', ')}`)
    return process
  }
  const stop = async (): Promise<void> => {
    await system.stop()
    await remove()
  }
  return {
    ...shopAt(system.topology, system.folder),
    system,
    logs,
    addressOf(name) {
      const { url } = processOf(name)
      if (url === undefined) throw new Error(`${name} does not listen just now`)
      return url
    },
    kill: (name) => processOf(name).kill(),
    ready: () => system.ready(patienceMs),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

function shopAt({ gatewayUrl, cardProviderUrl }: { gatewayUrl: string; cardProviderUrl: string }, folder: string): Shop {
  return {
    url: gatewayUrl,
    cardProviderUrl,
    customer: (name) => Customer.register(gatewayUrl, { name }),
    databaseUrl: (service) => databaseUrlOf(folder, service),
  }
}
