import { startSide, type ChildSide } from '../child-side.ts'
import { costOfCalls, type CallCost } from '../cost-of-calls.ts'
import type { KeyFiles } from '../make-keys.ts'
import { profilingFlags } from '../profiling-flags.ts'
import { settingsEnvironment } from '../side-settings.ts'
import type { Sink } from '../sink.ts'
import { atOnce, type BusySides } from './busy-sides.ts'
import type { SideSettings } from './settings.ts'
import type { Way } from './ways.ts'
import { whereToSend } from './where-to-send.ts'

/** What one round of one way was seen to cost. */
export interface Round {
  /** The side that answers, kept busy. */
  readonly answering: CallCost
  /** The side that calls, kept busy. */
  readonly calling: CallCost
  /** Both of them together, one calling the other at a pace at which they sleep most of the time. */
  readonly paced: CallCost
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
  readonly busy: BusySides
  readonly profiles: string | undefined
}

// 2,000 calls a second
const pace = { together: 8, everyMs: 4 }
const warmUpCalls = 12_000
// A nursery of one size: how far Node lets it grow, between 1 and 64 MiB, differs from run to run, and with it what every call costs
const nodeFlags = ['--disable-warning=ExperimentalWarning', '--min-semi-space-size=16', '--max-semi-space-size=16']

/** Starts both sides. */
export async function startPair(way: Way, { keys, sink, busy, profiles }: PairOptions): Promise<Pair> {
  await using started = new AsyncDisposableStack()
  const begin = async (side: 'answer' | 'call', port?: number): Promise<ChildSide> => {
    const preload = way.preload === undefined ? [] : [`--import=${preloads[way.preload]}`]
    const profiling = await profilingFlags(profiles, way.name, side)
    const files = { own: side === 'answer' ? keys.catalogue : keys.orders, all: keys.all }
    const settings: SideSettings = { own: way.own, keys: files, ...(port === undefined ? {} : { port, rawPort: busy.rawPort }) }
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
  const port = await answering.ask<number>('port')
  const calling = started.use(await begin('call', port))
  const callRaw = (calls: number) => busy.answering(() => calling.ask<number[]>('calls', { calls, atOnce }))
  // until the compiler is done
  await busy.ask(port, warmUpCalls)
  await callRaw(warmUpCalls)
  await Promise.all([answering.ask('flush'), calling.ask('flush')])
  await sink.settled()
  const kept = started.move()

  return {
    way,
    async measure(calls) {
      const answeringCost = await costOfCalls([answering], calls, () => busy.ask(port, calls))
      const callingCost = await costOfCalls([calling], calls, () => callRaw(calls))
      const { spans, lines } = sink.takenFrom(way.name)
      const paced = await costOfCalls([answering, calling], calls, () => calling.ask<number[]>('hops', { calls, ...pace }))
      sink.takenFrom(way.name)
      return { answering: answeringCost, calling: callingCost, paced, spansPerHop: spans / calls, linesPerHop: lines / calls }
    },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}

const mains = { answer: new URL('answer.main.ts', import.meta.url), call: new URL('call.main.ts', import.meta.url) }
const preloads = { ours: import.meta.resolve('@observability/telemetry/start'), stock: import.meta.resolve('./start-stock.ts') }
