/** Waits for the process to be asked to stop. */
export interface StopSignal {
  readonly received: Promise<void>
  /** Takes the listeners away again. */
  ignore(): void
}

/** Listens for SIGTERM and SIGINT, once. */
export function stopSignal(): StopSignal {
  const { promise: received, resolve } = Promise.withResolvers<void>()
  const heard = (): void => resolve()
  process.once('SIGTERM', heard)
  process.once('SIGINT', heard)
  return {
    received,
    ignore() {
      process.off('SIGTERM', heard)
      process.off('SIGINT', heard)
    },
  }
}
