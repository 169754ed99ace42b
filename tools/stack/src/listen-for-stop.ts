// npm passes a signal on to the shell between us, which may die of it without a word to us: then our parent is another one.
const lookAtParentMs = 500

/** Listens for Ctrl-C, SIGTERM, a closed terminal, and for the end of the npm that started us. */
export function listenForStop(): Disposable & { readonly asked: AbortSignal } {
  const asking = new AbortController()
  const heard = (): void => asking.abort()
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, heard)
  const parent = process.ppid
  const watch = setInterval(() => process.ppid === parent || heard(), lookAtParentMs)
  return {
    asked: asking.signal,
    [Symbol.dispose]() {
      clearInterval(watch)
      for (const signal of signals) process.off(signal, heard)
    },
  }
}
