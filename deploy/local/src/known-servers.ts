import { stat } from 'node:fs/promises'
import { obtainConsul, waysToConsul } from './consul/obtain-consul.ts'
import { obtainNats, waysToNats } from './nats/obtain-nats.ts'
import { obtain, type OnProgress, type Program, type Way } from './obtain/ways.ts'
import { postgresBinaries } from './postgres/binaries.ts'
import { userForPostgres } from './postgres/other-user.ts'
import { ServerUnavailableError } from './server/errors.ts'
import type { ServerName } from './server/local-server.ts'
import { lookForStackProgram, obtainStackProgram } from './stack/obtain-stack-program.ts'
import { stackPins, type StackProgram } from './stack/stack-programs.ts'
import { lookForTool, obtainTool, type Tool } from './tools/tool-programs.ts'

/** What is known of a server's program on this machine. */
export type ServerState = (Program & { readonly bytes: number }) | { readonly missing: string }

/** A server that the system can use, or a tool of one, and how its program is come by. */
export interface KnownServer {
  readonly name: ServerName | 'promtool' | Tool
  /** `stack` for those that see the system, which runs without them; `tools` for what only tests run. */
  readonly group: 'system' | 'stack' | 'tools'
  readonly title: string
  /** Looks whether it is here; fetches nothing. */
  readonly look: () => Promise<ServerState>
  /** Finds it or fetches it, by building too where nothing else works. Throws `ServerUnavailableError`. */
  readonly obtain: (onProgress: OnProgress) => Promise<ServerState>
}

// The first two ways look on PATH and in the cache; those after them fetch.
const waysThatLook = 2

/** The servers in the order they are listed. */
export const knownServers: readonly KnownServer[] = [
  {
    name: 'postgres',
    group: 'system',
    title: 'PostgreSQL',
    look: () => stateOf(findPostgres()),
    obtain: () => required(findPostgres()),
  },
  {
    name: 'nats',
    group: 'system',
    title: 'nats-server',
    look: () => stateOf(here('nats-server', waysToNats())),
    obtain: (onProgress) => required(obtainNats(onProgress)),
  },
  {
    name: 'consul',
    group: 'system',
    title: 'Consul',
    look: () => stateOf(here('Consul', waysToConsul('quick'))),
    obtain: (onProgress) => required(obtainConsul('build', onProgress)),
  },
  ...(['collector', 'prometheus', 'promtool', 'loki', 'jaeger'] as const).map(ofStack),
  ...(['compose-config', 'hadolint', 'oapi-codegen', 'python-generators', 'pact-python', 'go', 'javac'] as const).map(ofTools),
]

function ofStack(name: StackProgram): KnownServer {
  return {
    name,
    group: 'stack',
    title: stackPins[name].title,
    look: () => stateOf(lookForStackProgram(name)),
    obtain: (onProgress) => required(obtainStackProgram(name, onProgress)),
  }
}

function ofTools(name: Tool): KnownServer {
  return {
    name,
    group: 'tools',
    title: name,
    look: () => stateOf(lookForTool(name)),
    obtain: (onProgress) => required(obtainTool(name, onProgress)),
  }
}

function here(title: string, ways: readonly Way[]): Promise<Program> {
  return obtain(title, ways.slice(0, waysThatLook), () => undefined)
}

async function findPostgres(): Promise<Program> {
  const { postgres, version, origin } = await postgresBinaries({ forOtherUser: (await userForPostgres()) !== undefined })
  return { file: postgres, version, origin }
}

async function required(looking: Promise<Program>): Promise<ServerState> {
  const program = await looking
  return { ...program, bytes: (await stat(program.file)).size }
}

async function stateOf(looking: Promise<Program>): Promise<ServerState> {
  try {
    return await required(looking)
  } catch (error) {
    if (error instanceof ServerUnavailableError) return { missing: error.message }
    throw error
  }
}
