import { expect, it } from 'vitest'
import type { CallCost } from '../cost-of-calls.ts'
import type { Round } from './pair.ts'
import { renderTable, summarise } from './summarise.ts'

const cost = (cpuMicrosPerCall: number): CallCost => ({ cpuMicrosPerCall, p50Ms: 1, p99Ms: 3, rssBytes: 2 * 1_048_576 })
const round = (answering: number, calling: number, paced: number): Round => ({
  answering: cost(answering),
  calling: cost(calling),
  paced: cost(paced),
  spansPerHop: 2,
  linesPerHop: 1,
})
const beside = (off: Round, on: Round): ReadonlyMap<string, Round> =>
  new Map([
    ['off', off],
    ['on', on],
  ])
const ways = [
  { name: 'off', what: 'nothing' },
  { name: 'on', what: 'all' },
]

it('says what a way adds to both sides, round by round and when the machine is quiet, and to a hop at a pace', () => {
  const [off, on] = summarise(
    [
      beside(round(50, 40, 200), round(60, 45, 230)),
      beside(round(150, 140, 600), round(163, 144, 640)),
      beside(round(450, 340, 900), round(470, 350, 910)),
    ],
    ways,
  )
  expect(off).toMatchObject({
    way: 'off',
    answeringMicros: 150,
    callingMicros: 140,
    addedMicros: 0,
    addedMicrosWhenQuiet: 0,
    pacedMicros: 600,
  })
  expect(on).toMatchObject({
    way: 'on',
    answeringMicros: 163,
    callingMicros: 144,
    addedMicros: 13 + 5,
    addedMicrosWhenQuiet: 10 + 5,
    pacedMicros: 640,
    pacedAddedMicros: 30,
    rssMebibytes: 2,
  })
})

it('draws a table whose columns line up', () => {
  const lines = renderTable(summarise([beside(round(50, 40, 100), round(60, 48, 130))], ways)).split('\n')
  expect(lines).toHaveLength(4)
  expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  expect(lines[3]).toMatch(/^\| on +\| +60\.0 \| +48\.0 \| +18\.0 \|/)
})
