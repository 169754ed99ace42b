import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import type { Way } from './ways.ts'

const run = promisify(execFile)

/** A program on the PATH that is new enough. */
export function fromPath({ program, atLeast, asks }: { program: string; atLeast: string; asks?: readonly string[] }): Way {
  return {
    description: `${program} ${atLeast} or newer on PATH`,
    async attempt() {
      const file = await onPath(program)
      if (file === undefined) throw new Error('not there')
      const version = await versionOf(file, asks)
      if (!isAtLeast(version, atLeast)) throw new Error(`${file} is ${version}, which is too old`)
      return { file, version, origin: 'on PATH' }
    },
  }
}

/** Asks a program for its version, as `1.22.0`, by `--version` unless it wants to be asked otherwise. */
export async function versionOf(file: string, asks: readonly string[] = ['--version']): Promise<string> {
  const { stdout } = await run(file, [...asks], { timeout: 10_000 })
  const version = /\d+\.\d+\.\d+/.exec(stdout)?.[0]
  if (version === undefined) throw new Error(`${file} does not say its version`)
  return version
}

/** Compares dotted versions number by number. */
export function isAtLeast(version: string, wanted: string): boolean {
  const [have, need] = [version, wanted].map((text) => text.split('.').map(Number)) as [number[], number[]]
  for (const [place, number] of need.entries()) {
    if ((have[place] ?? 0) !== number) return (have[place] ?? 0) > number
  }
  return true
}

async function onPath(program: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? `${program}.exe` : program
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const file = join(folder, name)
    const runnable = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (runnable) return file
  }
  return undefined
}
