import { drawTable, type Column } from '../draw-table.ts'
import { addedTo, median, quantile } from '../statistics.ts'
import type { Round } from './pair.ts'
import { reference, type Way } from './ways.ts'

/** One way over all rounds: the middle of each figure, unless its name says otherwise. */
export interface Row {
  readonly way: string
  readonly what: string
  readonly answeringMicros: number
  readonly callingMicros: number
  /** Of both sides, each measured while it is busy. */
  readonly addedMicros: number
  /** Between the quietest tenth of the rounds of each: what is left when the machine does little else. */
  readonly addedMicrosWhenQuiet: number
  readonly pacedMicros: number
  readonly pacedAddedMicros: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly rssMebibytes: number
  readonly spansPerHop: number
  readonly linesPerHop: number
}

/** Says what each way costs, beside the one that all are compared with; each round holds every way. */
export function summarise(seen: readonly ReadonlyMap<string, Round>[], ways: readonly Pick<Way, 'name' | 'what'>[]): Row[] {
  const of = (way: string, figure: (round: Round) => number): number[] => seen.flatMap((round) => round.get(way) ?? []).map(figure)
  return ways.map(({ name, what }) => {
    const middle = (figure: (round: Round) => number): number => median(of(name, figure))
    const added = (figure: (round: Round) => number): number => addedTo(of(reference, figure), of(name, figure))
    const quiet = (way: string): number => quantile(of(way, answeringMicros), 0.1) + quantile(of(way, callingMicros), 0.1)
    return {
      way: name,
      what,
      answeringMicros: middle(answeringMicros),
      callingMicros: middle(callingMicros),
      addedMicros: added(answeringMicros) + added(callingMicros),
      addedMicrosWhenQuiet: quiet(name) - quiet(reference),
      pacedMicros: middle(pacedMicros),
      pacedAddedMicros: added(pacedMicros),
      p50Ms: middle(({ paced }) => paced.p50Ms),
      p99Ms: middle(({ paced }) => paced.p99Ms),
      rssMebibytes: middle(({ paced }) => paced.rssBytes) / 1_048_576,
      spansPerHop: middle(({ spansPerHop }) => spansPerHop),
      linesPerHop: middle(({ linesPerHop }) => linesPerHop),
    }
  })
}

const answeringMicros = ({ answering }: Round): number => answering.cpuMicrosPerCall
const callingMicros = ({ calling }: Round): number => calling.cpuMicrosPerCall
const pacedMicros = ({ paced }: Round): number => paced.cpuMicrosPerCall

const columns: readonly Column<Row>[] = [
  ['', ({ way }) => way],
  ['answering µs', (row) => row.answeringMicros.toFixed(1)],
  ['calling µs', (row) => row.callingMicros.toFixed(1)],
  ['added a hop', (row) => row.addedMicros.toFixed(1)],
  ['when quiet', (row) => row.addedMicrosWhenQuiet.toFixed(1)],
  ['a hop at 2,000/s', (row) => row.pacedMicros.toFixed(1)],
  ['added', (row) => row.pacedAddedMicros.toFixed(1)],
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
