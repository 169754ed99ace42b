import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { refuse } from './say.ts'

const run = promisify(execFile)
const root = resolve(import.meta.dirname, '..', '..', '..')
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> }

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs what `npm run` would, with words after it. */
async function call(command: string, ...words: string[]): Promise<Ended> {
  const [, ...script] = scripts[command]!.split(' ')
  try {
    return { code: 0, ...(await run(process.execPath, [...script, ...words], { cwd: root, env: { PATH: process.env['PATH'] } })) }
  } catch (error) {
    return error as Ended
  }
}

// a start of Node each, of all that a supervisor loads
const unhurried = { timeout: 30_000 }

it.each(['up', 'down', 'servers', 'stack', 'dev', 'demo', 'bench'])(
  'refuses an option it does not know with a line, its usage and exit code 2: %s',
  unhurried,
  async (command) => {
    const { code, stdout, stderr } = await call(command, '--sideways')
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    const [line, gap, usage] = stderr.split('\n')
    expect(line).toContain('--sideways')
    expect(gap).toBe('')
    expect(usage).toContain(`npm run ${command}`)
    expect(stderr).not.toContain('    at ')
  },
)

it.each([
  ['servers', ['nobody']],
  ['dev', ['--only', 'nobody']],
  ['bench', ['nobody']],
  ['bench', ['telemetry', '--only', 'nobody']],
])('refuses a name it does not know just so: %s %j', unhurried, async (command, words) => {
  const { code, stdout, stderr } = await call(command, ...words)
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  expect(stderr).toMatch(/^.*nobody.*\n\n?/)
  expect(stderr).toContain(`npm run ${command}`)
})

it('tells whoever listens instead of the error output', () => {
  const told: string[] = []
  expect(refuse('"left" means nothing here.', { usage: 'npm run right', complain: (text) => told.push(text) })).toBe(2)
  expect(told).toEqual(['"left" means nothing here.\n\nnpm run right'])
})
