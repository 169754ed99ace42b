import { expect, it } from 'vitest'
import type { CallCost } from '../cost-of-calls.ts'
import { renderTable } from './render-table.ts'
import { summarise } from './summarise.ts'

const quiet: CallCost = { cpuMicrosPerCall: 100, p50Ms: 1, p99Ms: 3, rssBytes: 2 * 1_048_576 }
const ways = [
  { name: 'server/raw', what: 'bytes', group: 'server' },
  { name: 'server/ours', what: 'our listener', group: 'server' },
  { name: 'server/trpc', what: 'the stock adapter', group: 'server' },
] as const
const costing = (...micros: readonly [raw: number, ours: number, stock: number]): ReadonlyMap<string, CallCost> =>
  new Map(ways.map(({ name }, at) => [name, { ...quiet, cpuMicrosPerCall: micros[at] ?? 0 }]))

it('compares round for round with the bytes alone and with the stock adapter', () => {
  const [raw, ours, stock] = summarise([costing(10, 20, 100), costing(40, 60, 480), costing(90, 99, 990)], ways)
  expect(raw).toMatchObject({ way: 'server/raw', timesRaw: 1, cpuMicrosPerCall: 40, callsPerCoreSecond: 25_000 })
  expect(ours).toMatchObject({ timesRaw: 1.5, fasterThanStock: 8, cpuMicrosPerCall: 60, cpuMicrosWhenQuiet: 20, rssMebibytes: 2 })
  expect(stock).toMatchObject({ fasterThanStock: 1, timesRaw: 11 })
})

it('draws a table whose columns line up', () => {
  const lines = renderTable(summarise([costing(10, 20, 100)], ways)).split('\n')
  expect(lines).toHaveLength(5)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[3]).toMatch(/^\| server\/ours +\| +20\.0 \| +20\.0 \| +50000 \| +50 % \| +5\.0 \|/)
})
