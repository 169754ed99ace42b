import { stopSignal } from './stop-signal.ts'

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

/** Makes something served end well: once, on SIGTERM or SIGINT or when told to, by draining it. */
export function stoppable(door: { host: string; port: number }, drain: () => Promise<void>): Server {
  const signal = stopSignal()
  const { promise: stopped, resolve, reject } = Promise.withResolvers<void>()
  let stopping = false
  const stop = (): Promise<void> => {
    if (!stopping) {
      stopping = true
      signal.ignore()
      drain().then(resolve, reject)
    }
    return stopped
  }
  void signal.received.then(stop)
  return { host: door.host, port: door.port, stopped, stop, [Symbol.asyncDispose]: stop }
}
