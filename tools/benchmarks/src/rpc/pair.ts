import { isDeepStrictEqual } from 'node:util'
import { startSide, type ChildSide } from '../child-side.ts'
import { costOfCalls, type CallCost } from '../cost-of-calls.ts'
import type { KeyFiles } from '../make-keys.ts'
import { profilingFlags } from '../profiling-flags.ts'
import { settingsEnvironment } from '../side-settings.ts'
import type { SideSettings } from './settings.ts'
import { requestTo, wireOf } from './wire-of.ts'
import type { Group, Way } from './ways.ts'

/** One side that asks and one that answers, of which one or both are looked at. */
export interface Pair extends AsyncDisposable {
  readonly way: Way
  measure(calls: number): Promise<CallCost>
}

export interface PairOptions {
  readonly keys: KeyFiles
  /** Servers that run already: a process that is asked in the same way by several is started once. Whoever holds them ends them. */
  readonly servers: Map<string, ChildSide>
  /** Makes the load of all servers. */
  readonly load: ChildSide
  /** Where spans are sent. */
  readonly collector: string
  readonly profiles: string | undefined
}

/** An answer was not the one that everybody must give. */
export class WrongAnswerError extends Error {
  override readonly name = 'WrongAnswerError'
}

// enough to keep a server busy; between two services there are seldom more than a few
const atOnceOf: Readonly<Record<Group, number>> = { server: 32, client: 32, hop: 8 }

/** Starts what a way needs, and makes sure that its answer is right before anything is measured. */
export async function startPair(way: Way, { keys, servers, load, collector, profiles }: PairOptions): Promise<Pair> {
  await using started = new AsyncDisposableStack()
  const begin = async (side: 'answer' | 'call', port?: number): Promise<ChildSide> => {
    const profiling = await profilingFlags(profiles, way.name.replace('/', '-'), side)
    const preload = way.care === 'seen' ? [`--import=${telemetryStart}`] : []
    const { orders, catalogue, all } = keys
    const settings: SideSettings = { ...way, keys: { orders, catalogue, all }, ...(port === undefined ? {} : { port }) }
    return startSide(mains[side], {
      // Node's defaults, as a service has them in production
      nodeArguments: [...profiling, ...preload],
      environment: {
        ...settingsEnvironment(settings),
        NODE_ENV: 'production',
        OTEL_EXPORTER_OTLP_ENDPOINT: collector,
        OTEL_SERVICE_NAME: side === 'answer' ? 'catalogue' : 'orders',
        OTEL_BSP_MAX_QUEUE_SIZE: '8192',
        OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1024',
      },
    })
  }
  // a server without care is the same for everybody who asks it
  const server = way.care === 'plain' ? way.server : way.name
  const answering = servers.get(server) ?? (await begin('answer'))
  servers.set(server, answering)
  const port = await answering.ask<number>('port')
  const calling = way.client === 'load' ? load : started.use(await begin('call', port))
  const request = requestTo(way.server)
  await check(way, { calling, port, request })
  const seen = { server: [answering], client: [calling], hop: [answering, calling] }[way.group]
  const kept = started.move()

  return {
    way,
    measure: (calls) =>
      costOfCalls(seen, calls, () => calling.ask<number[]>('calls', { port, request, calls, atOnce: atOnceOf[way.group] })),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

interface Checked {
  readonly calling: ChildSide
  readonly port: number
  readonly request: string
}

async function check({ name, client, server }: Way, { calling, port, request }: Checked): Promise<void> {
  if (client !== 'load') {
    if (!(await calling.ask<boolean>('check'))) throw new WrongAnswerError(`${name}: the answer is not the one that was computed`)
    return
  }
  const { status, body } = await calling.ask<{ status: number; body: string }>('check', { port, request })
  const isRight = status === 200 && isDeepStrictEqual(JSON.parse(body), wireOf(server).answer)
  if (!isRight) throw new WrongAnswerError(`${name}: status ${status} with ${body}`)
}

const mains = { answer: new URL('answer.main.ts', import.meta.url), call: new URL('call.main.ts', import.meta.url) }
const telemetryStart = import.meta.resolve('@observability/telemetry/start')
