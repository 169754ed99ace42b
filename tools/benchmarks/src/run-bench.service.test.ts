import { expect, it } from 'vitest'
import { chooseWays } from './rpc/ways.ts'
import { runBench } from './run-bench.ts'
import { talk } from './testing/talk.ts'

it(
  'measures every way with real processes: calls are traced and lines sent where they should be, and nowhere else',
  { timeout: 120_000 },
  async () => {
    const talking = talk()
    expect(await runBench(['telemetry', '--rounds', '1', '--calls', '20', '--json'], talking)).toBe(0)
    const { rounds, rows } = JSON.parse(talking.said.join('')) as { rounds: number; rows: Record<string, unknown>[] }
    expect(rounds).toBe(1)
    expect(rows.map(({ way, spansPerHop, linesPerHop }) => [way, spansPerHop, linesPerHop])).toEqual([
      ['off', 0, 0],
      ['measured', 0, 0],
      ['unheard', 0, 0],
      ['on', 2, 1],
      ['stock', 2, 0],
    ])
    for (const { answeringMicros, callingMicros, pacedMicros, p99Ms } of rows)
      expect([answeringMicros, callingMicros, pacedMicros, p99Ms].every((figure) => Number(figure) > 0)).toBe(true)
  },
)

it('measures what telemetry works by itself, each part and all of it, and sends what it says', { timeout: 60_000 }, async () => {
  const talking = talk()
  expect(await runBench(['telemetry-alone', '--rounds', '1', '--calls', '60', '--json'], talking)).toBe(0)
  const { rows } = JSON.parse(talking.said.join('')) as { rows: Record<string, unknown>[] }
  expect(rows.map(({ way, spans, lines }) => [way, spans, lines])).toEqual([
    ['nothing', 0, 0],
    ['spans', 2, 0],
    ['measurements', 0, 0],
    ['line', 0, 0],
    ['line-sent', 0, 1],
    ['all', 2, 1],
  ])
  for (const { cpuMicros } of rows) expect(cpuMicros).toBeGreaterThan(0)
})

it('stops when told to, and says so', { timeout: 60_000 }, async () => {
  const talking = talk(AbortSignal.abort())
  expect(await runBench(['telemetry', '--only', 'off', '--rounds', '1'], talking)).toBe(130)
  expect(talking.complained).toEqual(['Stopped; nothing is left running.'])
})

it('measures every server, client and hop beside each other, after each has given the right answer', { timeout: 180_000 }, async () => {
  const talking = talk()
  expect(await runBench(['rpc', '--rounds', '1', '--calls', '40', '--json'], talking)).toBe(0)
  expect(talking.complained).toEqual([])
  const { rounds, rows } = JSON.parse(talking.said.join('')) as { rounds: number; rows: Record<string, unknown>[] }
  expect(rounds).toBe(1)
  expect(rows.map(({ way }) => way)).toEqual(chooseWays(undefined).map(({ name }) => name))
  for (const { cpuMicrosPerCall, p99Ms, timesRaw, fasterThanStock } of rows)
    expect([cpuMicrosPerCall, p99Ms, timesRaw, fasterThanStock].every((figure) => Number(figure) > 0)).toBe(true)
})
