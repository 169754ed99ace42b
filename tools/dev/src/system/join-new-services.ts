import { setTimeout as sleep } from 'node:timers/promises'
import { findServices } from './programs.ts'

interface Joining {
  readonly root: string
  /** The services that run already. */
  readonly known: readonly string[]
  /** Prepares a service and starts it. What it throws is told, and it is tried again. */
  readonly join: (service: string) => Promise<void>
  readonly onNote: (process: string, note: string) => void
  readonly signal: AbortSignal
}

// A folder fills file by file: asking whether a program is there is simpler than watching each of them come.
const lookAgainMs = 500
const tryAgainMs = 5_000

/** Looks for services that come into the repository and has each of them join, until it is told to stop; resolves then, with nothing under way. */
export async function joinNewServices({ root, known, join, onNote, signal }: Joining): Promise<void> {
  const joined = new Set(known)
  const told = new Map<string, string>()
  const pause = (ms: number): Promise<unknown> => sleep(ms, undefined, { signal }).catch(() => undefined)
  while (!signal.aborted) {
    await pause(lookAgainMs)
    for (const service of servicesIn(root).filter((name) => !joined.has(name))) {
      if (signal.aborted) return
      try {
        await join(service)
        joined.add(service)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        if (!signal.aborted && told.get(service) !== why) onNote(service, `cannot start, and is tried again every 5 s: ${why}`)
        told.set(service, why)
        await pause(tryAgainMs)
      }
    }
  }
}

// Another branch is being checked out, perhaps: there is a next time.
function servicesIn(root: string): string[] {
  try {
    return findServices(root)
  } catch {
    return []
  }
}
