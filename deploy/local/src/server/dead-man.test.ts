import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { expect, it, onTestFinished, vi } from 'vitest'

const begun = `
for (const signal of ['INT', 'TERM']) process.on('SIG' + signal, () => { console.log(process.argv[1], signal); process.exit() })
setInterval(() => {}, 1000)
console.log(process.argv[1], 'begun')
`
const keeper = `
import { spawn } from 'node:child_process'
import { endWithUs } from './dead-man.ts'
const begin = (name) => spawn(process.execPath, ['--eval', process.argv[1], name], { stdio: 'inherit', detached: true }).pid
endWithUs(begin('watched'), 'TERM')
const forgotten = begin('forgotten')
endWithUs(forgotten, 'TERM')()
endWithUs(begin('another'), 'INT')
console.log('forgotten is', forgotten)
setInterval(() => {}, 1000)
`

it('ends what a killed process has begun, but for what it has taken back', async () => {
  const keeping = spawn(process.execPath, ['--input-type=module', '--eval', keeper, begun], { cwd: import.meta.dirname })
  const lines: string[] = []
  createInterface({ input: keeping.stdout }).on('line', (line) => lines.push(line))
  await vi.waitUntil(() => lines.length === 4, { timeout: 10_000 })
  const forgotten = Number(lines.find((line) => line.startsWith('forgotten is'))?.split(' ')[2])
  onTestFinished(() => void process.kill(forgotten, 'SIGKILL'))
  keeping.kill('SIGKILL')
  await vi.waitUntil(() => lines.length === 6, { timeout: 10_000 })
  expect(lines.slice(4).toSorted()).toEqual(['another INT', 'watched TERM'])
  expect(process.kill(forgotten, 0)).toBe(true)
}, 30_000)
