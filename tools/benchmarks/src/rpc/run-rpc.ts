import type { Bench } from '../bench.ts'
import { startSide, type ChildSide } from '../child-side.ts'
import { makeKeys } from '../make-keys.ts'
import { measureInTurns, tellFigures } from '../measure-in-turns.ts'
import { openSink } from '../sink.ts'
import { startPair, type Pair } from './pair.ts'
import { renderTable } from './render-table.ts'
import { summarise } from './summarise.ts'
import { chooseWays } from './ways.ts'

// until the compiler has seen enough of each: in a few thousand calls some are not yet what they will be
const warmUp = { calls: 3_000, rounds: 4, mostMs: 50_000 }
const mostMs = 108_000

/**
 * Measures what a call costs the process that answers it, the one that makes it, and both. Every way has processes of its own.
 * It ends by itself in less than two minutes.
 */
export const rpcBench: Bench = {
  name: 'rpc',
  what: 'what a call costs a server, a client, and both, beside other libraries',
  async run({ rounds, calls, format, only, profiles }, { signal, say }) {
    const beganAt = performance.now()
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
    const seen = await measureInTurns(pairs, {
      asked: { rounds, calls },
      signal,
      beganAt,
      warmUp: { ...warmUp, calls: Math.min(warmUp.calls, calls * 10) },
      mostMs,
      onRound: () => void sink.takenFrom('rpc'),
    })
    tellFigures({ benchmark: 'rpc', rounds: seen.length, calls, rows: summarise(seen, chosen) }, renderTable, { format, say })
  },
}
