import { setTimeout as sleep } from 'node:timers/promises'
import { serveTraces, type TraceServer } from './serve-traces.ts'
import type { TraceStore } from './trace-store.ts'

export interface HoldingOptions {
  readonly port: number
  readonly store: TraceStore
  /** Whether a stack wants the port, or has it. */
  readonly isWanted: () => Promise<boolean>
  /** How long to wait between looks. */
  readonly everyMs?: number
  /** Told whenever it takes the port or gives it up. */
  readonly onChange?: (holder: 'us' | 'others') => void
}

/** A port that is ours whenever nobody else wants it. */
export interface HeldPort extends AsyncDisposable {
  readonly isOurs: boolean
  close(): Promise<void>
}

/**
 * Receives traces on a port while no stack runs, gives the port up as soon as one wants it, and takes it again when that one
 * has gone. Whoever else has the port keeps it. Resolves after the first look; keeps no process alive.
 */
export async function holdTracePort({ port, store, isWanted, everyMs = 250, onChange }: HoldingOptions): Promise<HeldPort> {
  const closing = new AbortController()
  let server: TraceServer | undefined

  async function look(): Promise<void> {
    const before = server
    if (await isWanted()) {
      await server?.close()
      server = undefined
    } else server ??= await serveTraces(port, store)
    if (server !== before) onChange?.(server === undefined ? 'others' : 'us')
  }
  async function watch(): Promise<void> {
    while (!closing.signal.aborted) {
      await sleep(everyMs, undefined, { signal: closing.signal, ref: false }).catch(() => undefined)
      if (!closing.signal.aborted) await look().catch(() => undefined)
    }
  }

  await look()
  const watching = watch()
  async function close(): Promise<void> {
    closing.abort()
    await watching
    await server?.close()
    server = undefined
  }
  return {
    get isOurs() {
      return server !== undefined
    },
    close,
    [Symbol.asyncDispose]: close,
  }
}
