/** The process was asked to stop while it was starting. */
export class StartInterruptedError extends Error {
  override readonly name = 'StartInterruptedError'
}

/** Waits for one part of a start, but no longer than until the process is asked to stop: then it throws `StartInterruptedError`. */
export async function untilAskedToStop<Part>(signal: AbortSignal, part: Promise<Part>): Promise<Part> {
  const { promise: interrupted, reject } = Promise.withResolvers<never>()
  const interrupt = (): void => reject(new StartInterruptedError('asked to stop while starting'))
  if (signal.aborted) interrupt()
  signal.addEventListener('abort', interrupt, { once: true })
  try {
    return await Promise.race([part, interrupted])
  } finally {
    signal.removeEventListener('abort', interrupt)
  }
}
