import { describe, expect, it } from 'vitest'
import { boundedEffect, EffectGivenUpError } from './bounded-effect.ts'

const stop = () => {
  const stopping = new AbortController()
  return { signal: stopping.signal, now: (why: string) => stopping.abort(new Error(why)) }
}

describe('an effect', () => {
  it('gives what it comes to, and is not told to end afterwards', async () => {
    const stopping = stop()
    let told: AbortSignal | undefined
    const paid = boundedEffect('payments.v1/charge', [stopping.signal], async (signal) => {
      told = signal
      return 'paid'
    })
    expect(await paid).toBe('paid')
    stopping.now('too late to matter')
    expect(told?.aborted).toBe(false)
  })

  it('throws what it throws', async () => {
    const failing = boundedEffect('payments.v1/charge', [], () => Promise.reject(new Error('card machine on fire')))
    await expect(failing).rejects.toThrow('card machine on fire')
  })

  it('is left behind when it does not listen, with the reason as the cause', async () => {
    const [caller, process] = [stop(), stop()]
    const hanging = boundedEffect('payments.v1/charge', [process.signal, caller.signal], () => new Promise(() => undefined))
    caller.now('the caller went away')
    const given = await hanging.catch((error: unknown) => error)
    expect(given).toBeInstanceOf(EffectGivenUpError)
    expect(given).toMatchObject({
      message: 'the effect of payments.v1/charge was given up: the caller went away',
      cause: new Error('the caller went away'),
    })
  })

  it('does not begin when nobody waits for it any more', async () => {
    const caller = stop()
    caller.now('the caller went away')
    let began = false
    const early = boundedEffect('payments.v1/charge', [caller.signal], async () => {
      began = true
    })
    await expect(early).rejects.toThrow(EffectGivenUpError)
    expect(began).toBe(false)
  })
})
