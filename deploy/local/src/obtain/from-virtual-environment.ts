import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { serverCache } from '../user-cache.ts'
import type { Pinned } from './cached.ts'
import { runTool } from './run-tool.ts'
import type { OnProgress, Program, Way } from './ways.ts'

/** Python with packages of its own, pinned by a requirements file that names the hash of every part. */
export interface VirtualEnvironment extends Pinned {
  /** Path of the requirements file. */
  readonly requirements: string
  /** What to tell who waits: `100 MB`. */
  readonly size: string
}

const onWindows = process.platform === 'win32'

/** The Python of an environment that an earlier run made of the very same requirements. */
export function fromKeptEnvironment(environment: VirtualEnvironment): Way {
  return {
    description: `kept from an earlier run in ${folderOf(environment)}`,
    attempt: () => pythonIn(environment, 'pip, cached'),
  }
}

/** Makes the environment: whole or not at all, however many runs do so at once. */
export function intoEnvironment(environment: VirtualEnvironment): Way {
  return {
    description: `python3 -m venv, and pip install of ${environment.program} ${environment.version}`,
    async attempt(onProgress) {
      const kept = folderOf(environment)
      await mkdir(join(kept, '..'), { recursive: true })
      const scratch = await mkdtemp(join(kept, '..', 'making-'))
      try {
        await make(scratch, { environment, onProgress })
        // whoever comes second keeps what the first one made
        await rename(scratch, kept).catch(() => undefined)
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
      return pythonIn(environment, 'pip')
    },
  }
}

async function make(
  folder: string,
  { environment, onProgress }: { environment: VirtualEnvironment; onProgress: OnProgress },
): Promise<void> {
  onProgress(`obtaining ${environment.program} (${environment.size})`)
  await runTool(onWindows ? 'python' : 'python3', ['-m', 'venv', folder], { cwd: folder })
  const quietly = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps']
  await runTool(pythonOf(folder), [...quietly, '--require-hashes', '-r', environment.requirements], { cwd: folder })
}

async function pythonIn(environment: VirtualEnvironment, origin: string): Promise<Program> {
  const file = pythonOf(folderOf(environment))
  if ((await stat(file).catch(() => undefined)) === undefined) throw new Error('not there')
  return { file, version: environment.version, origin }
}

function pythonOf(folder: string): string {
  return onWindows ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python')
}

// other pins are another environment
function folderOf({ program, version, requirements }: VirtualEnvironment): string {
  const pins = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 12)
  return serverCache(program, `${version}-${pins}`)
}
