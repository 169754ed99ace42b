import { stopSignal, type StopSignal } from './stop-signal.ts'

/** Something being served. Ends on SIGTERM or SIGINT, or when it is stopped or disposed. */
export interface Server {
  readonly host: string
  readonly port: number
  /** Resolves once everything has been drained and closed. */
  readonly stopped: Promise<void>
  /** Drains and closes: out of routing, propagation, no new connections, work in hand finished, connections closed. Safe to repeat. */
  stop(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

/** Makes something served end well: once, on SIGTERM or SIGINT (now, or since `asked` was made) or when told to, by draining it. */
export function stoppable(door: { host: string; port: number }, drain: () => Promise<void>, asked: StopSignal = stopSignal()): Server {
  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>()
  // whoever waits for it hears of a failure; nobody has to
  stopped.catch(() => undefined)
  let isStopping = false
  const stop = (): Promise<void> => {
    if (!isStopping) {
      isStopping = true
      asked.ignore()
      drain().then(resolve, reject)
    }
    return stopped
  }
  if (asked.signal.aborted) void stop()
  else asked.signal.addEventListener('abort', () => void stop(), { once: true })
  return { host: door.host, port: door.port, stopped, stop, [Symbol.asyncDispose]: stop }
}
