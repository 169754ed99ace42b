import { expect, it, vi } from 'vitest'
import { openOtlpReceiver } from '../testing/otlp-receiver.ts'
import { watchListening } from './listening.ts'

async function freePort(): Promise<number> {
  const receiver = await openOtlpReceiver()
  await receiver.close()
  return receiver.port
}

it('sees at once who listens', async () => {
  await using receiver = await openOtlpReceiver()
  const listening = watchListening(new URL(receiver.url))
  expect(listening.isListening).toBe(false)
  await listening.look()
  expect(listening.isListening).toBe(true)
  listening.close()
  expect(listening.isListening).toBe(false)
})

it('looks again until somebody comes, gets ready first, and notices when they have gone', async () => {
  const port = await freePort()
  const seen: boolean[] = []
  const listening = watchListening(new URL(`http://127.0.0.1:${port}`), {
    everyMs: 5,
    onBegin: async () => {
      await Promise.resolve()
      seen.push(listening.isListening)
    },
  })
  await listening.look()
  expect(listening.isListening).toBe(false)
  const receiver = await openOtlpReceiver(port)
  await vi.waitFor(() => expect(listening.isListening).toBe(true))
  expect(seen).toEqual([false])
  await receiver.close()
  await listening.look()
  expect(listening.isListening).toBe(false)
  listening.close()
})

it('does not wait for an address that keeps silent', async () => {
  // an address reserved for documents: nobody is there to refuse
  const listening = watchListening(new URL('http://192.0.2.1:4318'))
  await listening.look()
  expect(listening.isListening).toBe(false)
  listening.close()
})

it('stops looking when closed', async () => {
  const port = await freePort()
  const onBegin = vi.fn<() => Promise<void>>(() => Promise.resolve())
  const listening = watchListening(new URL(`http://127.0.0.1:${port}`), { everyMs: 1, onBegin })
  await listening.look()
  listening.close()
  await using _receiver = await openOtlpReceiver(port)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(onBegin).not.toHaveBeenCalled()
})
