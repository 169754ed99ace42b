import {
  FolderInUseError,
  PortInUseError,
  readTopology,
  ServerStartError,
  ServerUnavailableError,
  StateDamagedError,
  type Topology,
} from '@deploy/local'
import { MigrationFailedError, SeedFailedError } from '@ashlar/persistence'
import { renderTopology } from './render-start.ts'

const storesRefused = [MigrationFailedError, SeedFailedError]
const explained = [FolderInUseError, PortInUseError, ServerStartError, ServerUnavailableError, StateDamagedError, RangeError]

/** Says why a system did not start and what to do about it; `undefined` when that is not known, and the error's stack has to speak. */
export async function explainFailure(error: unknown, folder: string): Promise<string | undefined> {
  if (!(error instanceof Error)) return undefined
  if (error instanceof FolderInUseError && error.pid !== undefined) return describeHolder(error, folder)
  if (storesRefused.some((known) => error instanceof known))
    return `${error.message}\nTo start with empty databases instead: npm run dev -- --fresh`
  return explained.some((known) => error instanceof known) ? error.message : undefined
}

async function describeHolder({ pid, message }: FolderInUseError, folder: string): Promise<string> {
  const topology = await readTopology(folder).catch(() => undefined)
  // It starts or stops just now, or is something else, such as the stack.
  if (topology?.pid !== pid || topology === undefined) return message
  return describeRunning(topology, Date.now())
}

/** Says that a system runs already, since when, and where its parts are. */
export function describeRunning(topology: Topology, now: number): string {
  const { pid, services, startedAt, registryUrl } = topology
  const minutes = Math.floor((now - Date.parse(startedAt)) / 60_000)
  const since = `${startedAt.slice(0, 16).replace('T', ' ')} UTC (${minutes < 1 ? 'just now' : minutes === 1 ? 'a minute ago' : `${minutes} minutes ago`})`
  const where = registryUrl.startsWith('http') ? "on Consul's page" : `in ${registryUrl}`
  return [
    `Already running here: process ${pid}, started ${since}.`,
    '',
    renderTopology(topology, []),
    '',
    `  ${services.length === 1 ? 'Its service' : 'Its services'}: ${services.join(' ')}; each one's address is ${where}.`,
    `  Stop it with Ctrl-C in its terminal, or: kill ${pid}. For a second shop beside it, take another checkout and port base.`,
  ].join('\n')
}
