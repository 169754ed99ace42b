import { expect, it } from 'vitest'
import { Pulse } from './pulse.ts'

it('wakes who waits', async () => {
  const pulse = new Pulse()
  const waiting = pulse.wait(60_000).then(() => 'woken')
  pulse.wake()
  expect(await waiting).toBe('woken')
})

it('keeps a wake that nobody waited for, once', async () => {
  const pulse = new Pulse()
  pulse.wake()
  await pulse.wait(60_000)
  let isOver = false
  const second = pulse.wait(60_000).then(() => (isOver = true))
  await new Promise((resolve) => setImmediate(resolve))
  expect(isOver).toBe(false)
  pulse.wake()
  await second
})
