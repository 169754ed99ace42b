import { randomUUID } from 'node:crypto'
import { createClient, createTransport } from '@ashlar/rpc'
import { createIdentity, readPublicKeys, readSigningKey } from '@ashlar/security'
import { catalogue } from '@contracts/catalogue'
import { createLogger, createTelemetry, newTrace, openProcessMetrics, runInContext } from '@observability/telemetry'
import { callsAtOnce } from '../calls-at-once.ts'
import { callsAtPace, type Pace } from '../calls-at-pace.ts'
import { oneInstance } from '../one-instance.ts'
import { input } from '../rpc/pricing.ts'
import { readSettings } from '../side-settings.ts'
import type { SideSettings } from './settings.ts'
import { serveBenchmark } from './side.ts'

// The side that calls: our typed client, as a service uses it while it answers a request of its own.
const { own, keys, port = 0, rawPort = 0 } = readSettings(process.env) as SideSettings
const telemetry = own === 'all' ? createTelemetry('orders') : undefined
if (own === 'all') openProcessMetrics()
const logger = createLogger({ service: 'orders' })
const signingKey = await readSigningKey(keys.own)
const identity = createIdentity({ name: 'orders', signingKey, publicKeys: await readPublicKeys(keys.all) })

const [callPair, callRaw] = [callerOf(port), callerOf(rawPort)]

function callerOf(portCalled: number): () => Promise<void> {
  const client = createClient(catalogue, {
    transport: createTransport({ registry: oneInstance(portCalled), logger }),
    authorize: (audience) => identity.tokenFor(audience),
    ...(telemetry === undefined ? {} : { telemetry }),
  })
  return async () => {
    const context = { requestId: randomUUID(), trace: newTrace(), deadlineAt: performance.now() + 5_000 }
    const answer = await runInContext(context, () => client.priceLines(input))
    if (!answer.ok || answer.value.lines.length !== input.lines.length) throw new Error('the answer is not what was asked for')
  }
}

serveBenchmark(
  {
    /** As fast as they can, of a side that does nothing but answer. */
    calls: (asked: { calls: number; atOnce: number }) => callsAtOnce(callRaw, asked),
    /** At a pace, of the side that belongs to this one. */
    hops: (pace: Pace) => callsAtPace(callPair, pace),
  },
  telemetry,
)
