import { setImmediate as turn } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { keepServerRunning } from './keep-server-running.ts'
import type { LocalServer } from './local-server.ts'

/** A server that ends when the test says so, and starts as long as it is let. */
function endable(): { server: LocalServer; end: () => void; starts: () => number } {
  let starts = 0
  let end = (): void => undefined
  const run = (): Promise<string> => new Promise((resolve) => (end = () => resolve('SIGKILL')))
  let running = run()
  const server = {
    port: 3100,
    exited: () => running,
    async start() {
      starts += 1
      if (starts === 1) throw new Error('Loki did not come up')
      running = run()
    },
  } as unknown as LocalServer
  return { server, end: () => end(), starts: () => starts }
}

it('starts a server again that ended by itself, until that works, and says so', async () => {
  const { server, end, starts } = endable()
  const stop = new AbortController()
  const said: string[] = []
  const keeping = keepServerRunning(server, { signal: stop.signal, onNote: (note) => said.push(note) })
  end()
  await expect.poll(() => said.length).toBe(4)
  expect(said).toEqual([
    'ended (SIGKILL), starts again',
    'Loki did not come up',
    'ended (SIGKILL), starts again',
    'runs again on port 3100',
  ])

  stop.abort()
  end()
  await keeping
  await turn()
  expect(starts()).toBe(2)
})

it('pauses longer and longer before it starts a server that ends as soon as it is up', async () => {
  const stop = new AbortController()
  const pauses: number[] = []
  const server = { port: 3100, exited: () => Promise.resolve('exit code 1'), start: () => Promise.resolve() } as unknown as LocalServer
  const onPause = (pauseMs: number) => {
    if (pauses.push(pauseMs) === 3) stop.abort()
  }
  await keepServerRunning(server, { signal: stop.signal, onNote: () => undefined, onPause })
  expect(pauses).toEqual([100, 200, 400])
})
