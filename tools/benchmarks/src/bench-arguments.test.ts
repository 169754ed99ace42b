import { expect, it } from 'vitest'
import { readBenchArguments } from './bench-arguments.ts'

it('lists what there is when nothing, or help, is asked for', () => {
  expect(readBenchArguments([])).toEqual({ kind: 'list' })
  expect(readBenchArguments(['telemetry', '--help'])).toEqual({ kind: 'list' })
})

it('runs a benchmark with the usual rounds', () => {
  expect(readBenchArguments(['telemetry'])).toEqual({
    kind: 'run',
    name: 'telemetry',
    options: { rounds: 40, calls: 1_000, format: 'table', only: undefined, profiles: undefined },
  })
})

it('takes other rounds, some ways only, JSON, and a folder for profiles', () => {
  const words = ['telemetry', '--rounds', '3', '--calls', '50', '--only', 'on,stock', '--json', '--profiles', 'there']
  expect(readBenchArguments(words)).toMatchObject({
    options: { rounds: 3, calls: 50, format: 'json', only: ['on', 'stock'], profiles: 'there' },
  })
})

it.each([
  ['--rounds', '0'],
  ['--rounds', 'many'],
  ['--calls', '4001'],
])('refuses %s %s and says what it takes', (option, value) => {
  expect(readBenchArguments(['telemetry', option, value])).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining(option) as string,
  })
})

it('refuses two benchmarks at once, and options it does not know', () => {
  expect(readBenchArguments(['telemetry', 'rpc'])).toMatchObject({ kind: 'refused', reason: expect.stringContaining('rpc') as string })
  expect(readBenchArguments(['telemetry', '--fast'])).toMatchObject({
    kind: 'refused',
    reason: expect.stringContaining('--fast') as string,
  })
})
