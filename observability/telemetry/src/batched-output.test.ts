import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'

const logger = JSON.stringify(new URL('./logger.ts', import.meta.url).href)

function run(program: string) {
  const lines = `import { createLogger } from ${logger}\n${program}`
  return spawn(process.execPath, ['--input-type=module', '--eval', lines], { stdio: ['ignore', 'pipe', 'pipe'] })
}

/** Runs a process that logs through two loggers and then ends in its own way. */
function logging(ending: string) {
  return run(`
    const [one, other] = [createLogger({ service: 'one' }), createLogger({ service: 'other' })]
    for (let number = 0; number < 300; number += 1) (number % 2 === 0 ? one : other).info({ number, fill: 'x'.repeat(number) }, 'line')
    ${ending}`)
}
const numbersIn = (said: string): number[] =>
  said
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { number: number }).number)
const all = Array.from({ length: 300 }, (_, number) => number)

describe('what a process logs', () => {
  it.each([
    ['by having nothing left to do', ''],
    ['by leaving', 'process.exit(0)'],
    ['by an error nobody catches', "throw new Error('nobody catches this')"],
    ['by a promise nobody keeps', "Promise.reject(new Error('nobody catches this'))"],
  ])('is whole when it ends %s', async (_how, ending) => {
    const said = await text(logging(ending).stdout)
    expect(numbersIn(said)).toEqual(all)
  })

  it('is written while it goes on, without more being said', async () => {
    const going = run("createLogger({ service: 'one' }).info({ number: 1 }, 'line')\nsetInterval(() => undefined, 60_000)")
    const first = Promise.race([once(going.stdout, 'data'), new Promise((resolve) => setTimeout(resolve, 3_000, ['{}']))])
    const [said] = (await first) as [Buffer]
    going.kill('SIGKILL')
    await once(going, 'exit')
    expect(numbersIn(String(said))).toEqual([1])
  })

  it('waits for a reader that is slow, to its last line, without more being said', async () => {
    // more than a pipe holds
    const going = run(`
      const logger = createLogger({ service: 'one' })
      for (let number = 0; number < 999; number += 1) logger.info({ number, fill: 'x'.repeat(1_500) }, 'line')
      setTimeout(() => logger.info({ number: 999 }, 'line'), 50)
      setInterval(() => undefined, 60_000)`)
    await sleep(500)
    let said = ''
    going.stdout.on('data', (part: Buffer) => (said += String(part)))
    await expect.poll(() => said.includes('"number":999,"msg"'), { timeout: 5_000 }).toBe(true)
    going.kill('SIGKILL')
    await once(going, 'exit')
    expect(numbersIn(said)).toEqual(Array.from({ length: 1_000 }, (_, number) => number))
  })
})
