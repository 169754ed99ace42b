import type { Bench } from '../bench.ts'
import { makeKeys } from './make-keys.ts'
import { startPair, type Pair, type Round } from './pair.ts'
import { openSink } from './sink.ts'
import { renderTable, summarise } from './summarise.ts'
import { chooseWays } from './ways.ts'

const warmUp = { rounds: 5, mostMs: 30_000 }
const mostMs = 105_000

/**
 * Measures what being seen costs a call between two processes. Every way has a pair of processes of its own; a round is some
 * calls by each pair in turn, so that whatever else the machine does weighs on all of them. It ends by itself in less than two
 * minutes, with as many whole rounds as it had.
 */
export const telemetryBench: Bench = {
  name: 'telemetry',
  what: 'what traces, metrics and log lines cost a call between two services',
  async run({ rounds, calls, format, only, profiles }, { signal, say }) {
    const beganAt = performance.now()
    const spentMs = () => performance.now() - beganAt
    const chosen = chooseWays(only)
    await using keys = await makeKeys()
    await using sink = await openSink()
    await using started = new AsyncDisposableStack()
    const pairs: Pair[] = []
    for (const way of chosen) pairs.push(started.use(await startPair(way, { keys, sink, profiles })))

    for (let round = 0; round < warmUp.rounds && spentMs() < warmUp.mostMs; round += 1) await runRound(pairs, { round, calls, signal })
    const seen: ReadonlyMap<string, Round>[] = []
    // one round at least, or there would be nothing to tell
    while (seen.length === 0 || (seen.length < rounds && spentMs() < mostMs))
      seen.push(await runRound(pairs, { round: seen.length, calls, signal }))

    const rows = summarise(seen, chosen)
    const figures = { benchmark: 'telemetry', rounds: seen.length, calls, rows }
    if (format === 'json') say(JSON.stringify(figures, undefined, 2))
    else say(`${renderTable(rows)}\n\n${seen.length} rounds of ${calls} calls each way`)
  },
}

async function runRound(
  pairs: readonly Pair[],
  { round, calls, signal }: { round: number; calls: number; signal: AbortSignal },
): Promise<ReadonlyMap<string, Round>> {
  const measured = new Map<string, Round>()
  // each goes first as often as any other
  const first = round % pairs.length
  for (const pair of [...pairs.slice(first), ...pairs.slice(0, first)]) {
    signal.throwIfAborted()
    measured.set(pair.way.name, await pair.measure(calls))
  }
  return measured
}
