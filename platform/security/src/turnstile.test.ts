import { describe, expect, it } from 'vitest'
import { createTurnstile } from './turnstile.ts'

describe('turnstile', () => {
  it('lets four run at once and all run in the end, in turn', async () => {
    const turnstile = createTurnstile(4)
    const order: number[] = []
    let inside = 0
    let most = 0
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        turnstile.run(async () => {
          inside += 1
          most = Math.max(most, inside)
          order.push(index)
          await new Promise((resume) => setImmediate(resume))
          inside -= 1
        }),
      ),
    )
    expect(most).toBe(4)
    expect(order).toEqual(Array.from({ length: 20 }, (_, index) => index))
  })

  it('frees the place of work that failed', async () => {
    const turnstile = createTurnstile(1)
    await expect(turnstile.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
    expect(await turnstile.run(async () => 'next')).toBe('next')
  })
})
