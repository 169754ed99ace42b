import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'

const logger = JSON.stringify(new URL('./logger.ts', import.meta.url).href)

/** Runs a process that logs through two loggers and then ends in its own way. */
function logging(ending: string) {
  const program = `
    import { createLogger } from ${logger}
    const [one, other] = [createLogger({ service: 'one' }), createLogger({ service: 'other' })]
    for (let number = 0; number < 300; number += 1) (number % 2 === 0 ? one : other).info({ number, fill: 'x'.repeat(number) }, 'line')
    ${ending}`
  return spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'ignore'] })
}
const numbersIn = (said: string): number[] =>
  said
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { number: number }).number)
const all = Array.from({ length: 300 }, (_, number) => number)
const ascending = (numbers: readonly number[]) => numbers.toSorted((one, other) => one - other)

describe('what a process logs', () => {
  it.each([
    ['by having nothing left to do', ''],
    ['by leaving', 'process.exit(0)'],
    ['by an error nobody catches', "throw new Error('nobody catches this')"],
    ['by a promise nobody keeps', "Promise.reject(new Error('nobody catches this'))"],
  ])('is whole when it ends %s', async (_how, ending) => {
    const said = await text(logging(ending).stdout)
    expect(ascending(numbersIn(said))).toEqual(all)
  })

  it('is written while it goes on, without more being said', async () => {
    const going = logging('setInterval(() => undefined, 60_000)')
    let said = ''
    for await (const piece of going.stdout.setEncoding('utf8')) {
      said += piece as string
      if (said.split('\n').length > 300) break
    }
    going.kill('SIGKILL')
    await once(going, 'exit')
    expect(ascending(numbersIn(said))).toEqual(all)
  })
})
