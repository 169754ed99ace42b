/** What asks the supervisor to stop: a first time, and again by someone in a hurry. */
export interface StopRequests extends Disposable {
  readonly first: AbortSignal
  readonly second: AbortSignal
}

// One Ctrl-C reaches us more than once: from the terminal, and again from npm or turbo, which pass theirs on.
const sameRequestMs = 500
const lookAtParentMs = 500

/** Listens for Ctrl-C, SIGTERM, a closed terminal, and for the end of the npm that started us. */
export function listenForStop(): StopRequests {
  const first = new AbortController()
  const second = new AbortController()
  let firstAt = 0
  const gone = (): void => {
    if (first.signal.aborted) return
    firstAt = performance.now()
    first.abort()
  }
  const heard = (): void => {
    if (!first.signal.aborted) gone()
    else if (performance.now() - firstAt > sameRequestMs) second.abort()
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, heard)
  surviveLostOutput(gone)
  const watch = watchParent(gone)
  return {
    first: first.signal,
    second: second.signal,
    [Symbol.dispose]() {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, heard)
    },
  }
}

// A closed terminal, or a reader like `head` that has seen enough, makes every write fail: without a listener the first of
// them would end this process on the spot, and everything it runs would be left. Failed writes are many; nobody hurries by them.
function surviveLostOutput(gone: () => void): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', gone)
}

// npm passes SIGTERM on to the shell between us, which dies of it without a word to us: then our parent is another one.
function watchParent(gone: () => void): NodeJS.Timeout | undefined {
  if (process.env['npm_lifecycle_event'] === undefined) return undefined
  const parent = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(watch)
    gone()
  }, lookAtParentMs)
  return watch
}
