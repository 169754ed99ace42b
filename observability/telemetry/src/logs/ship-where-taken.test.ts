import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Worker } from 'node:worker_threads'
import { expect, it, onTestFinished, vi } from 'vitest'
import { readSettings, type Settings } from '../start/settings.ts'
import { openOtlpReceiver } from '../testing/otlp-receiver.ts'
import { shipWhereTaken, type LineOutlet } from './ship-where-taken.ts'

function outlet(url: string, { timeoutMs = 10_000 } = {}): LineOutlet & AsyncDisposable {
  const settings = readSettings({ OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs) }) as Settings
  const opened = shipWhereTaken({ url: new URL(`${url}/v1/logs`), settings, onFailure: () => undefined, askEveryMs: 10 })
  return Object.assign(opened, { [Symbol.asyncDispose]: () => opened.close() })
}

interface Workers {
  started: number
  ended: number
}

/** Counts the workers this process starts from now on, and those of them that end. */
function countWorkers(): Workers {
  const workers = { started: 0, ended: 0 }
  const count = (message: unknown): void => {
    workers.started += 1
    ;(message as { worker: Worker }).worker.once('exit', () => (workers.ended += 1))
  }
  subscribe('worker_threads', count)
  onTestFinished(() => void unsubscribe('worker_threads', count))
  return workers
}

const line = (msg: string): string => `${JSON.stringify({ level: 'info', msg })}\n`

/** Long enough for a worker to start where much else runs. */
const patiently = { timeout: 10_000 }

it.each([404, 405, 501])('starts no worker for somebody who answers %d, and begins as soon as logs are taken', async (status) => {
  const workers = countWorkers()
  await using receiver = await openOtlpReceiver()
  await using lines = outlet(receiver.url)
  receiver.answer(status)
  await lines.begin()
  lines.take(line('unwanted'), 1)
  await vi.waitFor(() => expect(receiver.bodies.length).toBeGreaterThan(2))
  expect(workers.started).toBe(0)
  expect(lines.dropped()).toEqual({ not_listening: 1, queue_full: 0, export_failed: 0 })

  receiver.answer(200)
  await vi.waitFor(() => expect(workers.started).toBe(1), patiently)
  lines.take(line('wanted'), 1)
  await lines.flush()
  expect(receiver.logs.map(({ message }) => message)).toEqual(['wanted'])
})

it('lets the worker go when whoever listens takes no more logs, counts what was on its way, and comes back', async () => {
  const workers = countWorkers()
  await using receiver = await openOtlpReceiver()
  await using lines = outlet(receiver.url)
  await lines.begin()
  receiver.answer(404)
  lines.take(line('lost'), 1)
  await lines.flush()
  await vi.waitFor(() => expect(workers).toEqual({ started: 1, ended: 1 }), patiently)
  expect([lines.dropped(), lines.waiting()]).toEqual([{ not_listening: 0, queue_full: 0, export_failed: 1 }, 0])

  receiver.answer(200)
  await vi.waitFor(() => expect(workers.started).toBe(2), patiently)
  lines.take(line('heard'), 1)
  await lines.flush()
  expect(receiver.logs.map(({ message }) => message)).toEqual(['heard'])
  expect(lines.dropped()).toMatchObject({ export_failed: 1 })
})

it('lets the worker go when nobody listens, and asks no more until told that somebody does', async () => {
  const workers = countWorkers()
  const receiver = await openOtlpReceiver()
  await using lines = outlet(receiver.url)
  await lines.begin()
  await receiver.close()
  lines.take(line('lost'), 1)
  lines.end()
  await vi.waitFor(() => expect(workers).toEqual({ started: 1, ended: 1 }), patiently)
  lines.take(line('unheard'), 1)
  expect(lines.dropped()).toEqual({ not_listening: 1, queue_full: 0, export_failed: 1 })

  await using next = await openOtlpReceiver(receiver.port)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(next.bodies).toEqual([])
  await lines.begin()
  lines.take(line('heard'), 1)
  await lines.flush()
  expect(next.logs.map(({ message }) => message)).toEqual(['heard'])
})

it('starts without the answer of somebody who keeps silent', async () => {
  const workers = countWorkers()
  await using receiver = await openOtlpReceiver()
  await using lines = outlet(receiver.url, { timeoutMs: 600_000 })
  receiver.answer('never')
  await lines.begin()
  expect(workers.started).toBe(0)
})

it('does not take a busy collector for one without logs', async () => {
  await using receiver = await openOtlpReceiver()
  await using lines = outlet(receiver.url)
  receiver.answer(503)
  await lines.begin()
  lines.take(line('patience'), 1)
  receiver.answer(200)
  await lines.flush()
  expect(receiver.logs).toMatchObject([{ message: 'patience' }])
})
