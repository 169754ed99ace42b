import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import type { Maker } from './cached.ts'
import { runTool } from './run-tool.ts'
import type { OnProgress } from './ways.ts'

const linesPerReport = 200
const pinnedModules = join(import.meta.dirname, '..', '..')

/** A program that Go builds from a module pinned in a folder of `deploy/local`, whose go.sum verifies every part of it. */
export interface GoProgram {
  readonly title: string
  /** The folder of `deploy/local` with go.mod and go.sum. */
  readonly module: string
  readonly package: string
  readonly tags?: string
  /** The variable that holds the version, and the version: `main.version=1.2.3`. */
  readonly versionVariable?: string
  /** What to tell who waits: `about 4 minutes`. */
  readonly takes: string
}

/** Makes a program by building it, which the signal gives up. Throws with Go's last lines. */
export function builtByGo(program: GoProgram, signal?: AbortSignal): Maker {
  return {
    description: `built from its Go module (deploy/local/${program.module})`,
    origin: 'built by Go',
    make: (scratch, onProgress) => build(program, { scratch, onProgress, signal }),
  }
}

/** Where a program is made, who hears of it, and what gives it up. */
export interface Building {
  readonly scratch: string
  readonly onProgress: OnProgress
  readonly signal?: AbortSignal | undefined
}

async function build(program: GoProgram, { scratch, onProgress, signal }: Building): Promise<string> {
  await cp(join(pinnedModules, program.module), scratch, { recursive: true })
  const startedAt = performance.now()
  let packages = 0
  const built = join(scratch, 'built')
  const linking = `-ldflags=-s -w${program.versionVariable === undefined ? '' : ` -X ${program.versionVariable}`}`
  onProgress(`building ${program.title} from its Go module (${program.takes} the first time)`)
  const args = ['build', '-v', '-buildvcs=false', '-trimpath', `-tags=${program.tags ?? ''}`, linking, '-o', built, program.package]
  await runTool('go', args, {
    cwd: scratch,
    signal,
    env: { GOFLAGS: '-mod=readonly', GOWORK: 'off', CGO_ENABLED: '0' },
    onLine() {
      packages += 1
      if (packages % linesPerReport === 0)
        onProgress(`building ${program.title}: ${packages} packages after ${Math.round((performance.now() - startedAt) / 1000)} s`)
    },
  })
  return built
}
