import { parentPort, workerData } from 'node:worker_threads'
import { openDelivery, type OtlpDestination } from '../otlp/open-delivery.ts'
import { logsRequest } from './otlp-logs.ts'
import type { BatchDone, LineBatch } from './ship-lines.ts'

// Runs beside the service: it turns lines into OTLP and sends them, so that the service does not wait for either.

interface Work extends OtlpDestination {
  readonly resource: Readonly<Record<string, string>>
}

const { resource, ...destination } = workerData as Work
const delivery = await openDelivery(destination)

parentPort?.on('message', (batch: LineBatch) => {
  void obey(batch)
})

async function obey({ service, lines, count }: LineBatch): Promise<void> {
  const outcome = await delivery.deliver(logsRequest({ ...resource, 'service.name': service }, lines.split('\n')))
  parentPort?.postMessage({ lines: count, outcome } satisfies BatchDone, [])
}
