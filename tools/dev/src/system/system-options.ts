import type { LocalServersOptions } from '@deploy/local'
import type { Step } from './step.ts'
import type { SystemPorts } from './system-ports.ts'

/** What a system is to be. */
export interface SystemOptions {
  /** The repository. */
  readonly root: string
  /** Where its data, keys and logs live; one system at a time. */
  readonly folder: string
  readonly ports: SystemPorts
  /** The services to run, besides the gateway; all unless said. Without payments the card provider stays away too. */
  readonly only?: readonly string[] | undefined
  readonly consul?: LocalServersOptions['consul']
  readonly data?: LocalServersOptions['data']
  /** Restarts programs whose files change; `ignored` unless said. */
  readonly changes?: 'watched' | 'ignored'
  /** Whether the supervisor receives and keeps traces while no stack runs; `ignored` unless said. */
  readonly traces?: 'kept' | 'ignored'
  /** The environment it is started from: each process is given the variables with its name in front, and shared ones such as LOG_LEVEL. */
  readonly inherited?: NodeJS.ProcessEnv
  /** Environment variables for every process, over those the system sets. */
  readonly environment?: Readonly<Record<string, string>>
  /** Gives up starting when it is aborted, leaving nothing behind. */
  readonly signal?: AbortSignal
  readonly onStep?: (step: Step) => void
  /** Told what is being fetched or built. */
  readonly onProgress?: (line: string) => void
  /** Every line a process prints. */
  readonly onLine?: (process: string, line: string) => void
  /** What the supervisor does about a process or server, in words. */
  readonly onNote?: (process: string, note: string) => void
}
