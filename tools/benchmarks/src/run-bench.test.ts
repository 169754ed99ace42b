import { expect, it } from 'vitest'
import { runBench } from './run-bench.ts'
import { talk } from './testing/talk.ts'

it('lists the benchmarks', async () => {
  const talking = talk()
  expect(await runBench([], talking)).toBe(0)
  expect(talking.said.join('\n')).toMatch(/telemetry[^]+rpc/)
})

it('refuses a benchmark and a way that do not exist', async () => {
  const talking = talk()
  expect(await runBench(['telepathy'], talking)).toBe(2)
  expect(await runBench(['telemetry', '--only', 'off,half'], talking)).toBe(2)
  expect(await runBench(['rpc', '--only', 'server/express'], talking)).toBe(2)
  expect(talking.complained.join('\n')).toMatch(/no benchmark telepathy[^]+there is no half[^]+there is no server\/express/)
})
