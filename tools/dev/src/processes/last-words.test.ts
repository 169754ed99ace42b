import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { smallRepository } from '../testing/small-repository.ts'
import { lastWords, reasonOf } from './last-words.ts'

function endOf(source: string): { lines: string[]; root: string } {
  using repository = smallRepository({ 'main.ts': source })
  const { stdout, stderr } = spawnSync(process.execPath, [repository.at('main.ts')], { encoding: 'utf8' })
  return { lines: [...stdout.split('\n'), ...stderr.split('\n')], root: repository.root }
}

it('keeps the file and the cause of an error with many more lines to say, and leaves out what is Node’s own', () => {
  const { lines, root } = endOf(`for (let line = 0; line < 40; line += 1) console.log('starting', line)
class ConfigInvalidError extends Error {}
function deep(left: number): never {
  if (left > 0) deep(left - 1)
  throw new ConfigInvalidError(['the environment is not complete:', ...Array(30).fill('  X is missing')].join('\\n'))
}
deep(8)`)
  const words = lastWords(lines)
  expect(words[0]).toBe(`file://${root}/main.ts:5`)
  expect(words).toContain('ConfigInvalidError: the environment is not complete:')
  expect(words.join('\n')).not.toMatch(/node:internal|Node\.js v/)
  expect(words.length).toBeLessThanOrEqual(13)
  expect(words.at(-1)).toMatch(/^… \d+ more$/)
})

it('names the file that cannot be read as a program', () => {
  const { lines, root } = endOf(`const broken = (\n`)
  const words = lastWords(lines).join('\n')
  expect(words).toContain(`${root}/main.ts`)
  expect(words).toMatch(/SyntaxError/)
})

it('shows no more than three frames of a stack', () => {
  const frames = Array.from({ length: 9 }, (_, place) => `    at deep (/repository/services/orders/src/deep.ts:${place}:1)`)
  expect(lastWords(['RangeError: too deep', ...frames, 'caused by: Error: no'])).toEqual([
    'RangeError: too deep',
    ...frames.slice(0, 3),
    'caused by: Error: no',
  ])
})

it('has the last lines of one that went without naming a cause', () => {
  expect(lastWords(['one', '', 'two'])).toEqual(['one', 'two'])
  expect(lastWords([])).toEqual([])
})

it('knows the same reason by other numbers, and another reason', () => {
  const refused = (port: number): string[] => [`Error: connect ECONNREFUSED 127.0.0.1:${port}`, `at 0${port}-beef-4fa${port}`]
  expect(reasonOf('exit code 1', refused(4_711))).toBe(reasonOf('exit code 1', refused(52)))
  expect(reasonOf('exit code 1', refused(1))).not.toBe(reasonOf('SIGKILL', refused(1)))
  expect(reasonOf('exit code 1', ['Error: a'])).not.toBe(reasonOf('exit code 1', ['Error: b']))
})
