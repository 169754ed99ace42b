/** Whether and when the process is asked to stop. */
export interface StopSignal {
  /** Aborted by the first SIGTERM or SIGINT. */
  readonly signal: AbortSignal
  /** Takes the listeners away: from now on these signals end the process at once. */
  ignore(): void
}

/** Listens for SIGTERM and SIGINT, once. A second one ends the process without further ado. */
export function stopSignal(): StopSignal {
  const asked = new AbortController()
  const ignore = (): void => {
    process.off('SIGTERM', heard)
    process.off('SIGINT', heard)
  }
  const heard = (): void => {
    ignore()
    asked.abort()
  }
  process.once('SIGTERM', heard)
  process.once('SIGINT', heard)
  return { signal: asked.signal, ignore }
}
