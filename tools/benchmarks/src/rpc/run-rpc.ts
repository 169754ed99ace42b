import type { Bench } from '../bench.ts'
import { startSide, type ChildSide } from '../child-side.ts'
import { makeKeys } from '../telemetry/make-keys.ts'
import { openSink } from '../telemetry/sink.ts'
import { startPair, type Pair, type Round } from './pair.ts'
import { renderTable } from './render-table.ts'
import { summarise } from './summarise.ts'
import { chooseWays } from './ways.ts'

// until the compiler has seen enough of each: in a few thousand calls some are not yet what they will be
const warmUp = { calls: 3_000, rounds: 4, mostMs: 50_000 }
const mostMs = 108_000

/**
 * Measures what a call costs the process that answers it, the one that makes it, and both. Every way has processes of its own; a
 * round is some calls of each in turn, so that whatever else the machine does weighs on all of them. It ends by itself in less than
 * two minutes, with as many whole rounds as it had.
 */
export const rpcBench: Bench = {
  name: 'rpc',
  what: 'what a call costs a server, a client, and both, beside other libraries',
  async run({ rounds, calls, format, only, profiles }, { signal, say }) {
    const beganAt = performance.now()
    const spentMs = () => performance.now() - beganAt
    const chosen = chooseWays(only)
    await using keys = await makeKeys()
    await using sink = await openSink()
    await using started = new AsyncDisposableStack()
    const load = started.use(startSide(new URL('load.main.ts', import.meta.url), { nodeArguments: [], environment: {} }))
    const servers = new Map<string, ChildSide>()
    started.defer(async () => void (await Promise.all([...servers.values()].map((server) => server[Symbol.asyncDispose]()))))
    const pairs: Pair[] = []
    for (const way of chosen) {
      signal.throwIfAborted()
      pairs.push(started.use(await startPair(way, { keys, servers, load, collector: sink.urlFor('rpc'), profiles })))
    }
    const runRound = async (round: number, callsEach: number): Promise<ReadonlyMap<string, Round>> => {
      const measured = new Map<string, Round>()
      // each goes first as often as any other
      const first = round % pairs.length
      for (const pair of [...pairs.slice(first), ...pairs.slice(0, first)]) {
        signal.throwIfAborted()
        measured.set(pair.way.name, await pair.measure(callsEach))
      }
      sink.takenFrom('rpc')
      return measured
    }

    for (let round = 0; round < warmUp.rounds && spentMs() < warmUp.mostMs; round += 1)
      await runRound(round, Math.min(warmUp.calls, calls * 10))
    const seen: ReadonlyMap<string, Round>[] = []
    // one round at least, or there would be nothing to tell
    while (seen.length === 0 || (seen.length < rounds && spentMs() < mostMs)) seen.push(await runRound(seen.length, calls))

    const rows = summarise(seen, chosen)
    const figures = { benchmark: 'rpc', rounds: seen.length, calls, rows }
    if (format === 'json') say(JSON.stringify(figures, undefined, 2))
    else say(`${renderTable(rows)}\n\n${seen.length} rounds of ${calls} calls each way`)
  },
}
