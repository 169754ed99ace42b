import { randomUUID } from 'node:crypto'
import type { Registry } from '@ashlar/discovery'
import { createClient, createTransport } from '@ashlar/rpc'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { catalogue } from '@contracts/catalogue'
import { createLogger, createTelemetry, newTrace, openProcessMetrics, runInContext } from '@observability/telemetry'
import { readSettings } from './settings.ts'
import { serveBenchmark } from './side.ts'

// The side that calls: our typed client, as a service uses it while it answers a request of its own.
const { own, keys, port = 0 } = readSettings(process.env)
const telemetry = own === 'all' ? createTelemetry('orders') : undefined
if (own === 'all') openProcessMetrics()
const logger = createLogger({ service: 'orders' })
const signingKey = await readSigningKey(keys.own)
const identity = createIdentity({ name: 'orders', signingKey, publicKeys: await readPublicKeys(keys.all) })

const instances = [{ id: 'catalogue-1', service: 'catalogue', host: '127.0.0.1', port, contracts: [catalogue.id] }]
const registry: Registry = {
  kind: 'file',
  register: () => Promise.resolve({ deregister: () => Promise.resolve() }),
  watch: () => ({ ready: Promise.resolve(), instances: () => instances, close: () => undefined }),
  health: () => Promise.resolve({ healthy: true, latencyMs: 0 }),
  close: () => Promise.resolve(),
}
const client = createClient(catalogue, {
  transport: createTransport({ registry, logger }),
  authorize: (audience) => identity.tokenFor(audience),
  ...(telemetry === undefined ? {} : { telemetry }),
})
const lines = ['TROWEL-01', 'LEVEL-40', 'CHISEL-12'].map((sku, index) => ({ sku, quantity: index + 1 }))

async function callOnce(): Promise<number> {
  const startedAt = performance.now()
  const context = { requestId: randomUUID(), trace: newTrace(), deadlineAt: startedAt + 5_000 }
  const answer = await runInContext(context, () => client.priceLines({ lines }))
  if (!answer.ok || answer.value.lines.length !== lines.length) throw new Error('the answer is not what was asked for')
  return performance.now() - startedAt
}

/** Makes calls, so many at once, and gives how long each took in milliseconds. */
async function makeCalls({ calls, atOnce }: { calls: number; atOnce: number }): Promise<number[]> {
  const tookMs: number[] = []
  let left = calls
  const oneAfterAnother = async (): Promise<void> => {
    for (; left > 0;) {
      left -= 1
      tookMs.push(await callOnce())
    }
  }
  await Promise.all(Array.from({ length: atOnce }, oneAfterAnother))
  return tookMs
}

serveBenchmark({ calls: makeCalls }, telemetry)
