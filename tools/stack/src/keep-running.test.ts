import { setImmediate as turn } from 'node:timers/promises'
import type { LocalServer } from '@deploy/local'
import { expect, it } from 'vitest'
import { keepRunning } from './keep-running.ts'

/** A server that ends when the test says so. */
function endable(): { server: LocalServer; end: () => void; starts: () => number } {
  let starts = 0
  let end = (): void => undefined
  const run = (): Promise<string> => new Promise((resolve) => (end = () => resolve('SIGKILL')))
  let running = run()
  const server = {
    title: 'Loki',
    logFile: 'loki.log',
    exited: () => running,
    async start() {
      starts += 1
      running = run()
    },
  } as unknown as LocalServer
  return { server, end: () => end(), starts: () => starts }
}

it('starts a server again that ended by itself, and says so', async () => {
  const { server, end, starts } = endable()
  const stop = new AbortController()
  const said: string[] = []
  const keeping = keepRunning([server], { until: stop.signal, say: (text) => said.push(text), pauseMs: 0 })
  end()
  while (starts() === 0) await turn()
  expect(said).toEqual(['  Loki ended (SIGKILL); it is started again. Its log: loki.log'])

  stop.abort()
  end()
  await keeping
  expect(starts()).toBe(1)
})
