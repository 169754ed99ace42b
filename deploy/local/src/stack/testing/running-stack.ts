import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { writeTopology } from '../../system/topology.ts'
import { freeStackPorts, type StackPorts } from '../stack-ports.ts'
import { startStack, type Stack } from '../start-stack.ts'

/** A stack for one file of tests, beside a system that keeps a registry of files. */
export interface TestStack extends AsyncDisposable {
  readonly stack: Stack
  readonly ports: StackPorts
  readonly systemFolder: string
  /** Where instances of the file registry are announced. */
  readonly registry: string
}

/** Starts a stack in a folder of its own on free ports. `consulUrl` may be of a Consul that is not there. */
export async function startTestStack(consulUrl: string): Promise<TestStack> {
  const systemFolder = await mkdtemp(join(tmpdir(), 'ashlar-stack-'))
  const registry = join(systemFolder, 'registry')
  await mkdir(registry)
  await writeTopology(systemFolder, {
    startedAt: new Date().toISOString(),
    pid: process.pid,
    gatewayUrl: 'http://127.0.0.1:9',
    natsUrl: '',
    registryUrl: pathToFileURL(registry).href,
    cardProviderUrl: '',
    postgresUrl: '',
    services: [],
  })
  const ports = await freeStackPorts()
  const stack = await startStack({ systemFolder, ports, consulUrl })
  return {
    stack,
    ports,
    systemFolder,
    registry,
    async [Symbol.asyncDispose]() {
      await stack.stop()
      await rm(systemFolder, { recursive: true })
    },
  }
}
