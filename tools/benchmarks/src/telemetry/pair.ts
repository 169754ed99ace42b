import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { startSide, type ChildSide } from '../child-side.ts'
import type { Usage } from '../serve-side.ts'
import { median, quantile } from '../statistics.ts'
import type { KeyFiles } from './make-keys.ts'
import { settingsEnvironment } from './settings.ts'
import type { Sink } from './sink.ts'
import type { Way } from './ways.ts'

/** What one round of one way was seen to cost. */
export interface Round {
  readonly cpuMicrosPerHop: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Of both sides. */
  readonly rssBytes: number
  readonly spansPerHop: number
  readonly linesPerHop: number
}

/** Two processes, one calling the other, both seen in one way. */
export interface Pair extends AsyncDisposable {
  readonly way: Way
  measure(calls: number): Promise<Round>
}

export interface PairOptions {
  readonly keys: KeyFiles
  readonly sink: Sink
  readonly profiles: string | undefined
}

const atOnce = 8
// Node's own nursery: with the small one of `npm run dev` every way costs a third more, most of it garbage collection
const nodeFlags = ['--disable-warning=ExperimentalWarning']
// nobody listens there: it is reserved
const nobody = 'http://127.0.0.1:1'

/** Starts both sides. */
export async function startPair(way: Way, { keys, sink, profiles }: PairOptions): Promise<Pair> {
  await using started = new AsyncDisposableStack()
  const begin = async (side: 'answer' | 'call', port?: number): Promise<ChildSide> => {
    const preload = way.preload === undefined ? [] : [`--import=${preloads[way.preload]}`]
    const folder = profiles === undefined ? undefined : join(profiles, way.name, side)
    if (folder !== undefined) await mkdir(folder, { recursive: true })
    const profiling = folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`]
    const files = { own: side === 'answer' ? keys.catalogue : keys.orders, all: keys.all }
    const settings = { own: way.own, keys: files, ...(port === undefined ? {} : { port }) }
    return startSide(mains[side], {
      nodeArguments: [...nodeFlags, ...profiling, ...preload],
      environment: {
        ...settingsEnvironment(settings),
        OTEL_EXPORTER_OTLP_ENDPOINT: way.isHeard ? sink.urlFor(way.name) : nobody,
        OTEL_SERVICE_NAME: side === 'answer' ? 'catalogue' : 'orders',
        // what the guide of either says for production: the default queue would drop spans that then cost nothing
        OTEL_BSP_MAX_QUEUE_SIZE: '8192',
        OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '1024',
        OTEL_BSP_SCHEDULE_DELAY: '2000',
      },
    })
  }
  const answering = started.use(await begin('answer'))
  const calling = started.use(await begin('call', await answering.ask<number>('port')))
  const both = [answering, calling]
  const usage = () => Promise.all(both.map((side) => side.ask<Usage>('usage')))
  const kept = started.move()

  return {
    way,
    async measure(calls) {
      const before = sum(await usage(), ({ cpuMicros }) => cpuMicros)
      const tookMs = await calling.ask<number[]>('calls', { calls, atOnce })
      await Promise.all(both.map((side) => side.ask('flush')))
      const after = await usage()
      const { spans, lines } = sink.takenFrom(way.name)
      return {
        cpuMicrosPerHop: (sum(after, ({ cpuMicros }) => cpuMicros) - before) / calls,
        p50Ms: median(tookMs),
        p99Ms: quantile(tookMs, 0.99),
        rssBytes: sum(after, ({ rssBytes }) => rssBytes),
        spansPerHop: spans / calls,
        linesPerHop: lines / calls,
      }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const mains = { answer: new URL('answer.main.ts', import.meta.url), call: new URL('call.main.ts', import.meta.url) }
const preloads = { ours: import.meta.resolve('@observability/telemetry/start'), stock: import.meta.resolve('./start-stock.ts') }

function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((total, value) => total + of(value), 0)
}
