import { chmod, copyFile, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { serverCache } from '../user-cache.ts'
import type { OnProgress, Program, Way } from './ways.ts'

/** One pinned program: what it is called and which version is wanted. */
export interface Pinned {
  readonly program: string
  readonly version: string
}

/** The program as an earlier run kept it. */
export function fromCache(pinned: Pinned): Way {
  return {
    description: `kept from an earlier run in ${serverCache(pinned.program, pinned.version)}`,
    async attempt() {
      const file = cachedFile(pinned)
      if ((await stat(file).catch(() => undefined)) === undefined) throw new Error('not there')
      const origin = await readFile(originFile(pinned), 'utf8').catch(() => 'fetched')
      return { file, version: pinned.version, origin: `${origin.trim()}, cached` }
    },
  }
}

/** A way that makes the program in a scratch folder; what it makes is kept for later runs. */
export interface Maker {
  readonly description: string
  readonly origin: string
  /** Gives the path of the program it made inside `scratch`. */
  readonly make: (scratch: string, onProgress: OnProgress) => Promise<string>
}

/** Runs a maker and keeps its program: whole or not at all, however many runs do so at once. */
export function intoCache(pinned: Pinned, { description, origin, make }: Maker): Way {
  return {
    description,
    async attempt(onProgress): Promise<Program> {
      const file = cachedFile(pinned)
      await mkdir(dirname(file), { recursive: true })
      const scratch = await mkdtemp(join(dirname(file), 'making-'))
      try {
        const made = await make(scratch, onProgress)
        const beside = join(scratch, 'kept')
        await copyFile(made, beside)
        await chmod(beside, 0o755)
        await writeFile(originFile(pinned), origin)
        await rename(beside, file)
      } finally {
        await rm(scratch, { recursive: true, force: true })
      }
      return { file, version: pinned.version, origin }
    },
  }
}

function cachedFile({ program, version }: Pinned): string {
  return join(serverCache(program, version), process.platform === 'win32' ? `${program}.exe` : program)
}

function originFile(pinned: Pinned): string {
  return join(dirname(cachedFile(pinned)), 'origin')
}
