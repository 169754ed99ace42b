import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import type { AnyContract } from '@ashlar/contract'
import { openRegistry } from '@ashlar/discovery'
import type { Implementation } from '@ashlar/rpc'
import type { Server } from '@ashlar/service'
import { createLogger } from '@observability/telemetry'
import { GatewayConfig } from '../config.ts'
import { startGateway } from '../gateway.ts'
import { keepKeys, makeKeyFiles } from './key-files.ts'
import { runService, type RunningService } from './running-service.ts'
import { cups, keepCups, keepTeas, teas } from './tea-house.ts'

/** A gateway at work in front of services at work, in a folder of its own. */
export interface Ground extends AsyncDisposable {
  readonly gateway: Server
  readonly url: string
  readonly registryFolder: string
  /** The door that the public does not reach, as the registry gives it. */
  readonly neighboursUrl: () => Promise<string>
  /** Puts a registry where there was none. */
  readonly bringRegistry: () => Promise<void>
  readonly services: Readonly<Record<'users' | 'teas' | 'cups', RunningService>>
  /** Runs another instance, or one that had been stopped. */
  readonly run: (implementation: Implementation) => Promise<RunningService>
  /** Gives an access token as the users service would issue it. */
  readonly tokenFor: (userId: string, roles?: readonly string[]) => Promise<string>
  /** Everything the gateway logged, one entry a line. */
  readonly logged: () => Record<string, unknown>[]
}

export interface GroundOptions {
  /** Variables of the gateway, over the ones it needs. */
  readonly environment?: Readonly<Record<string, string>>
  readonly contracts?: readonly AnyContract[]
  readonly teas?: Implementation
  /** `away`: the registry cannot be reached until it is brought. */
  readonly registry?: 'there' | 'away'
}

/** Starts a gateway, the tea house and whoever publishes keys, with keys and a file registry in a temporary folder. */
export async function openGround({
  environment = {},
  contracts = [teas, cups],
  teas: kept = keepTeas(),
  registry: state = 'there',
}: GroundOptions = {}): Promise<Ground> {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-'))
  const registryFolder = join(folder, 'registry')
  // where a file is in the way there can be no folder
  if (state === 'away') await writeFile(registryFolder, '')
  const quiet = createLogger({ service: 'test', level: 'silent' })
  const keys = await makeKeyFiles(folder, ['gateway', 'users', 'teas', 'cups'])
  const registry = openRegistry(pathToFileURL(registryFolder).href, { logger: quiet, checkIntervalMs: 200 })
  const run = async (implementation: Implementation) =>
    runService(implementation, { registry, identity: await keys.identityOf(implementation.contract.name), logger: quiet })
  const services = { users: await run(keepKeys(keys.accessTokens)), teas: await run(kept), cups: await run(keepCups()) }

  const lines: string[] = []
  const destination = new Writable({ write: (line: Buffer, _encoding, done) => done(void lines.push(line.toString())) })
  const gateway = await startGateway(
    GatewayConfig.parse({
      REGISTRY_URL: pathToFileURL(registryFolder).href,
      PUBLIC_KEYS_FILE: keys.publicKeysFile,
      GATEWAY_KEY_FILE: keys.keyFileOf('gateway'),
      DRAIN_PROPAGATION_MS: '0',
      ...environment,
    }),
    contracts,
    { logger: createLogger({ service: 'gateway', destination }) },
  )
  return {
    gateway,
    url: `http://127.0.0.1:${gateway.port}`,
    registryFolder,
    async neighboursUrl() {
      const watch = registry.watch('gateway')
      await watch.ready
      const [found] = watch.instances()
      watch.close()
      return `http://${found?.host}:${found?.port}`
    },
    bringRegistry: () => rm(registryFolder),
    services,
    run,
    tokenFor: async (userId, roles = []) => (await keys.accessTokens.issue({ userId, sessionId: 's-1', roles })).token,
    logged: () => lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    async [Symbol.asyncDispose]() {
      await gateway.stop()
      await Promise.all(Object.values(services).map((service) => service.stop()))
      await registry.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
