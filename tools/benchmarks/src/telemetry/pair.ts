import { startSide, type ChildSide } from '../child-side.ts'
import { costOfCalls, type CallCost } from '../cost-of-calls.ts'
import type { KeyFiles } from '../make-keys.ts'
import { profilingFlags } from '../profiling-flags.ts'
import { settingsEnvironment } from '../side-settings.ts'
import type { Sink } from '../sink.ts'
import type { SideSettings } from './settings.ts'
import type { Way } from './ways.ts'
import { whereToSend } from './where-to-send.ts'

/** What one round of one way was seen to cost, both sides together. */
export interface Round extends Omit<CallCost, 'cpuMicrosPerCall'> {
  readonly cpuMicrosPerHop: number
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

// 2,000 calls a second, a fifth of what two cores could: as fast as they can, the side that waits for a slower one sleeps and
// wakes more often, and what that costs would be counted as the price of being seen
const pace = { together: 8, everyMs: 4 }
const warmUp = { calls: 12_000, atOnce: 8 }
// Node's own nursery: with the small one of `npm run dev` every way costs a third more, most of it garbage collection
const nodeFlags = ['--disable-warning=ExperimentalWarning']

/** Starts both sides. */
export async function startPair(way: Way, { keys, sink, profiles }: PairOptions): Promise<Pair> {
  await using started = new AsyncDisposableStack()
  const begin = async (side: 'answer' | 'call', port?: number): Promise<ChildSide> => {
    const preload = way.preload === undefined ? [] : [`--import=${preloads[way.preload]}`]
    const profiling = await profilingFlags(profiles, way.name, side)
    const files = { own: side === 'answer' ? keys.catalogue : keys.orders, all: keys.all }
    const settings: SideSettings = { own: way.own, keys: files, ...(port === undefined ? {} : { port }) }
    return startSide(mains[side], {
      nodeArguments: [...nodeFlags, ...profiling, ...preload],
      environment: {
        ...settingsEnvironment(settings),
        ...whereToSend(way, sink),
        OTEL_SERVICE_NAME: side === 'answer' ? 'catalogue' : 'orders',
      },
    })
  }
  const answering = started.use(await begin('answer'))
  const calling = started.use(await begin('call', await answering.ask<number>('port')))
  // until the compiler is done
  await calling.ask('warmUp', warmUp)
  const both = [answering, calling]
  const kept = started.move()

  return {
    way,
    async measure(calls) {
      const { cpuMicrosPerCall: cpuMicrosPerHop, ...cost } = await costOfCalls(both, calls, () =>
        calling.ask<number[]>('calls', { calls, ...pace }),
      )
      const { spans, lines } = sink.takenFrom(way.name)
      return { ...cost, cpuMicrosPerHop, spansPerHop: spans / calls, linesPerHop: lines / calls }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const mains = { answer: new URL('answer.main.ts', import.meta.url), call: new URL('call.main.ts', import.meta.url) }
const preloads = { ours: import.meta.resolve('@observability/telemetry/start'), stock: import.meta.resolve('./start-stock.ts') }
