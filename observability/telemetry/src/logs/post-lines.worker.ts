import { parentPort, workerData } from 'node:worker_threads'
import { ByteWriter } from '../otlp/byte-writer.ts'
import { openDelivery, type OtlpDestination } from '../otlp/open-delivery.ts'
import { encodeLogs } from './otlp-logs.ts'
import type { BatchDone, LineBatch } from './ship-lines.ts'

// Runs beside the service: it turns lines into OTLP and sends them, so that the service does not wait for either.

interface Work extends OtlpDestination {
  readonly resource: Readonly<Record<string, string>>
}

const { resource, ...destination } = workerData as Work
const delivery = await openDelivery(destination)
// the same memory for one batch after another
const request = new ByteWriter()
let last = Promise.resolve()

parentPort?.on('message', (batch: LineBatch) => {
  last = last.then(() => send(batch))
})

async function send({ texts, count }: LineBatch): Promise<void> {
  request.clear()
  encodeLogs(resource, texts, request)
  const outcome = await delivery.deliver(request.written)
  parentPort?.postMessage({ lines: count, outcome } satisfies BatchDone, [])
}
