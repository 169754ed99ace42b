import { builtByGo } from '../obtain/build-go-program.ts'
import { fromCache, intoCache, type Maker } from '../obtain/cached.ts'
import { fromPath } from '../obtain/from-path.ts'
import { oneBuildAtATime } from '../obtain/one-build-at-a-time.ts'
import { obtain, type OnProgress, type Program, type Way } from '../obtain/ways.ts'
import { fetchProgram } from './fetch-program.ts'
import { stackPins, type StackPin, type StackProgram } from './stack-programs.ts'

/** Looks for a program on PATH and in the cache. Throws `ServerUnavailableError` where it is in neither. */
export function lookForStackProgram(name: StackProgram): Promise<Program> {
  return obtain(titleOf(name), waysThatLook(name), () => undefined)
}

/** Finds a program, fetches its release, or builds it, which takes minutes. Throws `ServerUnavailableError`, also when given up. */
export function obtainStackProgram(name: StackProgram, onProgress: OnProgress, signal?: AbortSignal): Promise<Program> {
  const pinned = pinOf(name)
  const makers = [intoCache(pinned, release(name)), oneBuildAtATime(pinned, intoCache(pinned, builtByGo(stackPins[name].build, signal)))]
  return obtain(titleOf(name), [...waysThatLook(name), ...makers], onProgress)
}

function waysThatLook(name: StackProgram): readonly Way[] {
  const { onPath, atLeast } = stackPins[name]
  return [...onPath.map((program) => fromPath({ program, atLeast })), fromCache(pinOf(name))]
}

function release(name: StackProgram): Maker {
  const { release } = stackPins[name]
  return {
    description: `the release archive ${release.page}/${release.archive}`,
    origin: 'release archive',
    make: (scratch, onProgress) => fetchProgram(release, { scratch, onProgress }),
  }
}

function pinOf(name: StackProgram): { program: string; version: string } {
  return { program: name, version: stackPins[name].version }
}

function titleOf(name: StackProgram): string {
  const { title, version }: StackPin = stackPins[name]
  return `${title} ${version}`
}
