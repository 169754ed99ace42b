import { effectTimeoutMs } from './time-limits.ts'

/** An effect was given up: its caller left, its time was over, or the process stops. What came of it outside is not known; ask for it by its key. */
export class EffectGivenUpError extends Error {
  override readonly name = 'EffectGivenUpError'
  constructor(deed: string, options: { cause: unknown }) {
    super(`the effect of ${deed} was given up: ${options.cause instanceof Error ? options.cause.message : 'it was told to end'}`, options)
  }
}

/**
 * Runs an effect until it is done, one of `until` aborts, or 30 s have passed. It is told by its signal; one that does not
 * listen is left behind, and what it comes to later is ignored. Throws `EffectGivenUpError`, before it begins where one of
 * `until` has aborted already.
 */
export async function boundedEffect<Outcome>(
  deed: string,
  until: readonly AbortSignal[],
  effect: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const giving = new AbortController()
  const { promise: givenUp, reject } = Promise.withResolvers<never>()
  const giveUp = (cause: unknown): void => {
    reject(new EffectGivenUpError(deed, { cause }))
    giving.abort(cause)
  }
  const early = until.find(({ aborted }) => aborted)
  if (early !== undefined) throw new EffectGivenUpError(deed, { cause: early.reason })

  // listened to by hand, and let go: `AbortSignal.any` would hang each effect on a signal that lives as long as the process
  const done = new AbortController()
  for (const source of until) source.addEventListener('abort', () => giveUp(source.reason), { once: true, signal: done.signal })
  const timer = setTimeout(() => giveUp(new DOMException('it took longer than half a minute', 'TimeoutError')), effectTimeoutMs)
  try {
    return await Promise.race([effect(giving.signal), givenUp])
  } finally {
    clearTimeout(timer)
    done.abort()
  }
}
