import { refuse } from '@tools/terminal'
import { benchUsage, readBenchArguments } from './bench-arguments.ts'
import type { Bench, BenchSurroundings } from './bench.ts'
import { rpcBench } from './rpc/run-rpc.ts'
import { telemetryBench } from './telemetry/run-telemetry.ts'
import { telemetryAloneBench } from './telemetry-alone/run-telemetry-alone.ts'
import { UnknownWayError } from './unknown-way.ts'

const benches: readonly Bench[] = [telemetryBench, telemetryAloneBench, rpcBench]

export interface Talking extends BenchSurroundings {
  readonly complain: (text: string) => void
}

/** Runs `npm run bench`. Gives the exit code: 0, 1 for a benchmark that failed, 2 for words it does not know, 130 when stopped. */
export async function runBench(words: readonly string[], around: Talking): Promise<number> {
  const asked = readBenchArguments(words)
  if (asked.kind === 'refused') return refuse(asked.reason, { usage: benchUsage, complain: around.complain })
  if (asked.kind === 'list') {
    around.say(`${benches.map(({ name, what }) => `  ${name.padEnd(16)} ${what}`).join('\n')}\n\n${benchUsage}`)
    return 0
  }
  const bench = benches.find(({ name }) => name === asked.name)
  if (bench === undefined) return refuse(`there is no benchmark ${asked.name}`, { usage: benchUsage, complain: around.complain })
  try {
    await bench.run(asked.options, around)
    return 0
  } catch (error) {
    if (around.signal.aborted) return stopped(around)
    if (error instanceof UnknownWayError) return refuse(error.message, { usage: benchUsage, complain: around.complain })
    around.complain(error instanceof Error ? (error.stack ?? error.message) : String(error))
    return 1
  }
}

function stopped({ complain }: Talking): number {
  complain('Stopped; nothing is left running.')
  return 130
}
