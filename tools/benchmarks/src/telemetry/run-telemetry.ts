import type { Bench } from '../bench.ts'
import { chooseAmong } from '../choose-among.ts'
import { makeKeys } from '../make-keys.ts'
import { measureInTurns, tellFigures } from '../measure-in-turns.ts'
import { openSink } from '../sink.ts'
import { startBusySides } from './busy-sides.ts'
import { startPair, type Pair } from './pair.ts'
import { renderTable, summarise } from './summarise.ts'
import { ways } from './ways.ts'

const warmUp = { rounds: 1, mostMs: 30_000 }
const mostMs = 105_000

/**
 * Measures what being seen costs a call between two processes. Every way has a pair of processes of its
 * own. It ends by itself in less than two minutes.
 */
export const telemetryBench: Bench = {
  name: 'telemetry',
  what: 'what traces, metrics and log lines cost a call between two services',
  async run({ rounds, calls, format, only, profiles }, { signal, say }) {
    const beganAt = performance.now()
    const chosen = chooseAmong(ways, only)
    await using keys = await makeKeys()
    await using sink = await openSink()
    await using started = new AsyncDisposableStack()
    const busy = started.use(await startBusySides(keys))
    const pairs: Pair[] = []
    for (const way of chosen) pairs.push(started.use(await startPair(way, { keys, sink, busy, profiles })))

    const seen = await measureInTurns(pairs, { asked: { rounds, calls }, signal, beganAt, warmUp: { ...warmUp, calls }, mostMs })
    tellFigures({ benchmark: 'telemetry', rounds: seen.length, calls, rows: summarise(seen, chosen) }, renderTable, { format, say })
  },
}
