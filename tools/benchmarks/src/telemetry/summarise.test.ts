import { expect, it } from 'vitest'
import type { Round } from './pair.ts'
import { renderTable, summarise } from './summarise.ts'

const quiet: Round = { cpuMicrosPerHop: 100, p50Ms: 1, p99Ms: 3, rssBytes: 2 * 1_048_576, spansPerHop: 2, linesPerHop: 1 }
const costing = (off: number, on: number): ReadonlyMap<string, Round> =>
  new Map([
    ['off', { ...quiet, cpuMicrosPerHop: off }],
    ['on', { ...quiet, cpuMicrosPerHop: on }],
  ])
const ways = [
  { name: 'off', what: 'nothing' },
  { name: 'on', what: 'all' },
]

it('says what a way adds, round by round and when the machine is quiet', () => {
  const [off, on] = summarise([costing(100, 118), costing(300, 320), costing(900, 930)], ways)
  expect(off).toMatchObject({ way: 'off', addedMicros: 0, addedMicrosWhenQuiet: 0, cpuMicrosPerHop: 300 })
  expect(on).toMatchObject({ way: 'on', addedMicros: 20, addedMicrosWhenQuiet: 18, cpuMicrosPerHop: 320, rssMebibytes: 2 })
})

it('draws a table whose columns line up', () => {
  const lines = renderTable(summarise([costing(100, 118)], ways)).split('\n')
  expect(lines).toHaveLength(4)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[3]).toMatch(/^\| on +\| +118\.0 \| +18\.0 \|/)
})
