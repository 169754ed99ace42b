/** Signals that ask the supervisor to stop: a first time, and again by someone in a hurry. */
export interface StopRequests extends Disposable {
  readonly first: AbortSignal
  readonly second: AbortSignal
}

// One Ctrl-C reaches us more than once: from the terminal, and again from npm or turbo, which pass theirs on.
const sameRequestMs = 500

/** Listens for Ctrl-C, SIGTERM and a closed terminal. */
export function listenForStop(): StopRequests {
  const first = new AbortController()
  const second = new AbortController()
  let firstAt = 0
  const heard = (): void => {
    if (!first.signal.aborted) {
      firstAt = performance.now()
      first.abort()
    } else if (performance.now() - firstAt > sameRequestMs) second.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, heard)
  return {
    first: first.signal,
    second: second.signal,
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, heard)
    },
  }
}
