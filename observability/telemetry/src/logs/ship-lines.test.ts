import { expect, it, vi } from 'vitest'
import { readSettings, type Settings } from '../start/settings.ts'
import { openOtlpReceiver } from '../testing/otlp-receiver.ts'
import { shipLines, type LineShipper } from './ship-lines.ts'

function shipper(url: string, { onFailure = (): void => undefined, timeoutMs = 2000 } = {}): LineShipper & AsyncDisposable {
  const settings = readSettings({ OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: String(timeoutMs) }) as Settings
  const shipping = shipLines({ url: new URL(`${url}/v1/logs`), settings, onFailure, onUnwanted: () => undefined })
  return Object.assign(shipping, { [Symbol.asyncDispose]: () => shipping.close() })
}

const line = (msg: string, service = 'orders'): string => `${JSON.stringify({ level: 'info', service, msg })}\n`

it('sends every line it took, in order, each as of its service', async () => {
  await using receiver = await openOtlpReceiver()
  await using lines = shipper(receiver.url)
  for (let number = 0; number < 600; number += 1) lines.take(line(`${number}`, number % 3 === 0 ? 'payments' : 'orders'), 1)
  await lines.flush()
  expect(receiver.logs).toHaveLength(600)
  const ofPayments = receiver.logs.filter(({ service }) => service === 'payments').map(({ message }) => Number(message))
  expect(ofPayments).toHaveLength(200)
  expect(lines.dropped()).toEqual({ queue_full: 0, export_failed: 0 })
  expect(lines.waiting()).toBe(0)
})

it('drops and counts what it cannot keep up with, rather than grow', async () => {
  await using receiver = await openOtlpReceiver()
  await using lines = shipper(receiver.url)
  for (let number = 0; number < 9000; number += 1) lines.take(line(`${number}`), 1)
  expect(lines.waiting()).toBe(8192)
  expect(lines.dropped()).toMatchObject({ queue_full: 808 })
  await lines.flush()
  expect(receiver.logs).toHaveLength(8192)
})

it('tries again while the other side is busy', async () => {
  await using receiver = await openOtlpReceiver()
  await using lines = shipper(receiver.url)
  receiver.answer(503)
  lines.take(line('patience'), 1)
  const flushed = lines.flush()
  while (receiver.bodies.length === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  receiver.answer(200)
  await flushed
  expect(receiver.logs).toMatchObject([{ message: 'patience' }])
  expect(lines.dropped()).toMatchObject({ export_failed: 0 })
})

it('gives up a line nobody takes, and says so', async () => {
  const receiver = await openOtlpReceiver()
  await receiver.close()
  let failures = 0
  await using lines = shipper(receiver.url, { onFailure: () => void (failures += 1) })
  lines.take(line('lost'), 1)
  await lines.flush()
  expect(lines.dropped()).toMatchObject({ export_failed: 1 })
  expect(failures).toBe(1)
})

it('counts what is taken after its end', async () => {
  await using receiver = await openOtlpReceiver()
  const lines = shipper(receiver.url)
  await lines.close()
  lines.take(line('too late'), 1)
  expect(lines.dropped()).toMatchObject({ export_failed: 1 })
  expect(receiver.logs).toEqual([])
})

it('waits for a collector that keeps silent once, and not again at each flush', async () => {
  await using receiver = await openOtlpReceiver()
  await using lines = shipper(receiver.url, { timeoutMs: 50 })
  receiver.answer('never')
  lines.take(line('hello?'), 1)
  await lines.flush()
  expect(lines.waiting()).toBe(1)
  vi.useFakeTimers()
  await lines.flush()
  vi.useRealTimers()
  expect(lines.waiting()).toBe(1)
})
