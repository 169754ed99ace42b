import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z, type AnyBoundOperation } from '@ashlar/contract'
import type { Database } from '@ashlar/persistence'
import { createIdentity, generateSigningKey, readPublicKeys, readSigningKey, type Identity, type Principal } from '@ashlar/security'
import { startNats } from '@deploy/local/testing'
import { platformConfig, readConfig, type PlatformConfig } from '../config.ts'
import { startPlatform, type Platform } from '../platform.ts'
import { makeDatabase, type OwnDatabase } from './own-database.ts'

/** What a raw answer was: its bytes too. */
export interface RawAnswer {
  readonly status: number
  readonly text: string
  readonly headers: Headers
  readonly reason: string | undefined
  readonly value: unknown
}

export interface Call {
  readonly as: Principal
  readonly key?: string
  readonly deadlineMs?: number
}

type Nats = Awaited<ReturnType<typeof startNats>>

/** A broker, a registry, keys and one database a service: a place for services of a test's own. */
export class Town implements AsyncDisposable {
  readonly folder: string
  readonly nats: Nats
  private readonly databases: ReadonlyMap<string, OwnDatabase>

  private constructor(parts: Pick<Town, 'folder' | 'nats'> & { databases: Town['databases'] }) {
    this.folder = parts.folder
    this.nats = parts.nats
    this.databases = parts.databases
  }

  /** Makes a town for these services, each with its own tables made by the given SQL; `at` is a database server of the test's own. */
  static async make(tables: Readonly<Record<string, string>>, { at }: { at?: string } = {}): Promise<Town> {
    const folder = await mkdtemp(join(tmpdir(), 'ashlar-town-'))
    await makeKeys(folder, [...new Set(['gateway', 'stranger', 'cafe', 'bank', ...Object.keys(tables)])])
    const nats = await startNats({ folder })
    const making = Object.entries(tables).map(async ([name, sql]) => [name, await makeDatabase(name, { sql, at })] as const)
    const databases = await Promise.all(making)
    return new Town({ folder, nats, databases: new Map(databases) })
  }

  /** The environment of a process that serves these services. */
  environment(services: readonly string[]): Record<string, string> {
    const own = services.flatMap((name) => [
      [`${name.toUpperCase()}_DATABASE_URL`, this.of(name).url],
      [`${name.toUpperCase()}_KEY_FILE`, join(this.folder, `${name}.json`)],
    ])
    return {
      REGISTRY_URL: pathToFileURL(join(this.folder, 'registry')).href,
      PUBLIC_KEYS_FILE: join(this.folder, 'public.json'),
      NATS_URL: this.nats.url,
      LOG_LEVEL: process.env['TOWN_LOG_LEVEL'] ?? 'silent',
      DRAIN_PROPAGATION_MS: '0',
      ...Object.fromEntries(own),
    }
  }

  config(services: readonly string[], changes: Record<string, string> = {}): PlatformConfig {
    return readConfig(z.object(platformConfig(...services)), { ...this.environment(services), ...changes })
  }

  platform(services: readonly string[], changes: Record<string, string> = {}): Promise<Platform> {
    return startPlatform(this.config(services, changes))
  }

  /** A service's database, on connections of the test's own. */
  database(service: string): Database {
    return this.of(service).database
  }

  /** Takes a service's database away, from everybody but the test's own connections; gives what brings it back. */
  async takeAway(service: string): Promise<() => Promise<void>> {
    const database = this.database(service)
    const admit = (howMany: number) =>
      database.query(`do $$ begin execute format('alter database %I connection limit ${howMany}', current_database()); end $$`)
    await admit(0)
    await database.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    )
    return async () => void (await admit(-1))
  }

  identity(name: string): Promise<Identity> {
    return identityIn(this.folder, name)
  }

  /** Calls an operation over plain HTTP, so that a test sees the bytes. */
  async call(
    server: { host: string; port: number },
    operation: AnyBoundOperation,
    { input, as, key, deadlineMs }: Call & { input: unknown },
  ): Promise<RawAnswer> {
    const response = await fetch(`http://${server.host}:${server.port}/rpc/${operation.address}`, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: {
        'content-type': 'application/json',
        ...(await this.authorization(operation.contract, as)),
        ...(key === undefined ? {} : { 'idempotency-key': key }),
        ...(deadlineMs === undefined ? {} : { 'x-deadline-ms': String(deadlineMs) }),
      },
    })
    const text = await response.text()
    const { result, error } = JSON.parse(text) as { result?: { data?: unknown }; error?: { data: { reason: string } } }
    return { status: response.status, text, headers: response.headers, reason: error?.data.reason, value: result?.data }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.databases.values()].map(async ({ database, drop }) => {
        await database.close()
        await drop()
      }),
    )
    await this.nats.stop()
    await rm(this.folder, { recursive: true, force: true })
  }

  /** What says at a service's port who asks. */
  async authorization(audience: string, as: Principal): Promise<Record<string, string>> {
    const identity = await this.identity(as.kind === 'service' ? as.name : 'gateway')
    return { authorization: `Bearer ${await identity.tokenFor(audience, as)}` }
  }

  private of(service: string): OwnDatabase {
    const found = this.databases.get(service)
    if (found === undefined) throw new Error(`the town has no ${service}`)
    return found
  }
}

export function customer(id: string): Principal {
  return { kind: 'customer', id, sessionId: 's', roles: [] }
}

/** Waits until something holds, 20 s at most; then says what it last was. */
export async function until<Value>(read: () => Promise<Value> | Value, holds: (value: Value) => boolean): Promise<Value> {
  const deadline = performance.now() + 20_000
  for (;;) {
    const value = await read()
    if (holds(value)) return value
    if (performance.now() > deadline) throw new Error(`it never came to hold; last seen: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function makeKeys(folder: string, names: readonly string[]): Promise<void> {
  const keys = await Promise.all(names.map(async (name) => ({ name, ...(await generateSigningKey(name)) })))
  for (const { name, privateJwk } of keys) await writeFile(join(folder, `${name}.json`), JSON.stringify(privateJwk), { mode: 0o600 })
  await writeFile(join(folder, 'public.json'), JSON.stringify({ keys: keys.map(({ publicJwk }) => publicJwk) }))
}

async function identityIn(folder: string, name: string): Promise<Identity> {
  const publicKeys = await readPublicKeys(join(folder, 'public.json'))
  return createIdentity({ name, signingKey: await readSigningKey(join(folder, `${name}.json`)), publicKeys })
}
