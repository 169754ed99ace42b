import { randomUUID } from 'node:crypto'
import { createClient, createTransport } from '@ashlar/rpc'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { catalogue } from '@contracts/catalogue'
import { createLogger, createTelemetry, newTrace, openProcessMetrics, runInContext } from '@observability/telemetry'
import { callsAtOnce } from '../calls-at-once.ts'
import { callsAtPace, type Pace } from '../calls-at-pace.ts'
import { oneInstance } from '../one-instance.ts'
import { readSettings } from '../side-settings.ts'
import type { SideSettings } from './settings.ts'
import { serveBenchmark } from './side.ts'

// The side that calls: our typed client, as a service uses it while it answers a request of its own.
const { own, keys, port = 0 } = readSettings(process.env) as SideSettings
const telemetry = own === 'all' ? createTelemetry('orders') : undefined
if (own === 'all') openProcessMetrics()
const logger = createLogger({ service: 'orders' })
const signingKey = await readSigningKey(keys.own)
const identity = createIdentity({ name: 'orders', signingKey, publicKeys: await readPublicKeys(keys.all) })

const client = createClient(catalogue, {
  transport: createTransport({ registry: oneInstance(port), logger }),
  authorize: (audience) => identity.tokenFor(audience),
  ...(telemetry === undefined ? {} : { telemetry }),
})
const lines = ['TROWEL-01', 'LEVEL-40', 'CHISEL-12'].map((sku, index) => ({ sku, quantity: index + 1 }))

async function callOnce(): Promise<void> {
  const context = { requestId: randomUUID(), trace: newTrace(), deadlineAt: performance.now() + 5_000 }
  const answer = await runInContext(context, () => client.priceLines({ lines }))
  if (!answer.ok || answer.value.lines.length !== lines.length) throw new Error('the answer is not what was asked for')
}

serveBenchmark(
  {
    calls: (pace: Pace) => callsAtPace(callOnce, pace),
    warmUp: (asked: { calls: number; atOnce: number }) => callsAtOnce(callOnce, asked),
  },
  telemetry,
)
