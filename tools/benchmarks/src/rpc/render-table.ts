import { drawTable, type Column } from '../draw-table.ts'
import type { Row } from './summarise.ts'

const columns: readonly Column<Row>[] = [
  ['', ({ way }) => way],
  ['CPU µs', ({ cpuMicrosPerCall }) => cpuMicrosPerCall.toFixed(1)],
  ['when quiet', ({ cpuMicrosWhenQuiet }) => cpuMicrosWhenQuiet.toFixed(1)],
  ['calls/s a core', ({ callsPerCoreSecond }) => callsPerCoreSecond.toFixed(0)],
  ['of raw', ({ timesRaw }) => `${(100 / timesRaw).toFixed(0)} %`],
  ['× stock', ({ fasterThanStock }) => fasterThanStock.toFixed(1)],
  ['p50 ms', ({ p50Ms }) => p50Ms.toFixed(2)],
  ['p99 ms', ({ p99Ms }) => p99Ms.toFixed(2)],
  ['RSS MiB', ({ rssMebibytes }) => rssMebibytes.toFixed(0)],
  ['what', ({ what }) => what],
]

/** Draws the rows as a table that is Markdown too. */
export function renderTable(rows: readonly Row[]): string {
  return drawTable(columns, rows)
}
