import { median, quantile } from '../statistics.ts'
import type { CallCost } from '../cost-of-calls.ts'
import { references, type Way } from './ways.ts'

/** One way over all rounds: the middle of each figure, unless its name says otherwise. */
export interface Row {
  readonly way: string
  readonly what: string
  readonly cpuMicrosPerCall: number
  /** The tenth of the rounds that cost least: what is left when the machine does little else. */
  readonly cpuMicrosWhenQuiet: number
  /** Calls a second on one core that does nothing else. */
  readonly callsPerCoreSecond: number
  /** How many times the work of the raw way it does: 2 is half as fast. CallCost for round, then the middle. */
  readonly timesRaw: number
  /** How many times faster it is than what tRPC brings along. CallCost for round, then the middle. */
  readonly fasterThanStock: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly rssMebibytes: number
}

type Seen = readonly ReadonlyMap<string, CallCost>[]

/** Says what each way costs, beside those of its group that all are compared with; each round holds every way. */
export function summarise(seen: Seen, ways: readonly Pick<Way, 'name' | 'what' | 'group'>[]): Row[] {
  const roundsOf = (way: string): CallCost[] => seen.flatMap((round) => round.get(way) ?? [])
  return ways.map(({ name, what, group }) => {
    const rounds = roundsOf(name)
    const middle = (figure: keyof CallCost): number => median(rounds.map((round) => round[figure]))
    const { raw, stock } = references[group]
    return {
      way: name,
      what,
      cpuMicrosPerCall: middle('cpuMicrosPerCall'),
      cpuMicrosWhenQuiet: quantile(
        rounds.map(({ cpuMicrosPerCall }) => cpuMicrosPerCall),
        0.1,
      ),
      callsPerCoreSecond: 1_000_000 / middle('cpuMicrosPerCall'),
      timesRaw: ratio(rounds, roundsOf(raw)),
      fasterThanStock: ratio(roundsOf(stock), rounds),
      p50Ms: middle('p50Ms'),
      p99Ms: middle('p99Ms'),
      rssMebibytes: middle('rssBytes') / 1_048_576,
    }
  })
}

/** Compares what was measured side by side, so that a round in which everything was slow says nothing. */
function ratio(of: readonly CallCost[], to: readonly CallCost[]): number {
  return median(of.map(({ cpuMicrosPerCall }, round) => cpuMicrosPerCall / (to[round]?.cpuMicrosPerCall ?? NaN)))
}
