import { drawTable, type Column } from '../draw-table.ts'
import { addedTo, median, quantile } from '../statistics.ts'
import type { Round } from './pair.ts'
import { reference, type Way } from './ways.ts'

/** One way over all rounds: the middle of each figure, unless its name says otherwise. */
export interface Row {
  readonly way: string
  readonly what: string
  readonly cpuMicrosPerHop: number
  readonly addedMicros: number
  /** Between the quietest tenth of the rounds of each: what is left when the machine does little else. */
  readonly addedMicrosWhenQuiet: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly rssMebibytes: number
  readonly spansPerHop: number
  readonly linesPerHop: number
}

/** Says what each way costs, beside the one that all are compared with; each round holds every way. */
export function summarise(seen: readonly ReadonlyMap<string, Round>[], ways: readonly Pick<Way, 'name' | 'what'>[]): Row[] {
  const roundsOf = (way: string): Round[] => seen.flatMap((round) => round.get(way) ?? [])
  const cpuOf = (way: string): number[] => roundsOf(way).map(({ cpuMicrosPerHop }) => cpuMicrosPerHop)
  const without = cpuOf(reference)
  return ways.map(({ name, what }) => {
    const rounds = roundsOf(name)
    const middle = (figure: keyof Round): number => median(rounds.map((round) => round[figure]))
    return {
      way: name,
      what,
      cpuMicrosPerHop: middle('cpuMicrosPerHop'),
      addedMicros: addedTo(without, cpuOf(name)),
      addedMicrosWhenQuiet: quantile(cpuOf(name), 0.1) - quantile(without, 0.1),
      p50Ms: middle('p50Ms'),
      p99Ms: middle('p99Ms'),
      rssMebibytes: middle('rssBytes') / 1_048_576,
      spansPerHop: middle('spansPerHop'),
      linesPerHop: middle('linesPerHop'),
    }
  })
}

const columns: readonly Column<Row>[] = [
  ['', ({ way }) => way],
  ['CPU µs a hop', ({ cpuMicrosPerHop }) => cpuMicrosPerHop.toFixed(1)],
  ['added', ({ addedMicros }) => addedMicros.toFixed(1)],
  ['added when quiet', ({ addedMicrosWhenQuiet }) => addedMicrosWhenQuiet.toFixed(1)],
  ['p50 ms', ({ p50Ms }) => p50Ms.toFixed(2)],
  ['p99 ms', ({ p99Ms }) => p99Ms.toFixed(2)],
  ['RSS MiB, both', ({ rssMebibytes }) => rssMebibytes.toFixed(0)],
  ['spans sent', ({ spansPerHop }) => spansPerHop.toFixed(2)],
  ['lines sent', ({ linesPerHop }) => linesPerHop.toFixed(2)],
  ['what', ({ what }) => what],
]

/** Draws the rows as a table that is Markdown too. */
export function renderTable(rows: readonly Row[]): string {
  return drawTable(columns, rows)
}
