import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const source = join(import.meta.dirname, '..')
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-docker-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Puts a program called docker in place of the real one: it answers by the shell's `case` of its words, and notes them. */
async function standIn(cases: string): Promise<void> {
  const file = join(folder, 'docker')
  await writeFile(file, `#!/bin/sh\necho "$*" >> '${folder}/asked'\ncase "$*" in\n${cases}\nesac\n`)
  await chmod(file, 0o755)
}
const healthy = "*'compose version'*) echo 2.40.0 ;;\ninfo*) echo 29.0.0 ;;"
const asked = async (): Promise<string[]> => (await readFile(join(folder, 'asked'), 'utf8')).trim().split('\n')

async function call(command: 'up' | 'down', ...words: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await run(process.execPath, [join(source, `${command}.ts`), ...words], { env: { PATH: folder } })
    return { code: 0, said: stdout }
  } catch (error) {
    const { code = 1, stdout = '', stderr = '' } = error as { code?: number; stdout?: string; stderr?: string }
    return { code, said: stdout + stderr }
  }
}

describe('npm run up says what is missing, and what to do instead', () => {
  it.each([
    ['no docker', undefined, 'Docker is not here'],
    ['no Compose', '*) exit 1 ;;', 'Docker has no Compose here'],
    ['an old Compose', "*'compose version'*) echo v2.17.3 ;;", 'Compose v2.17.3 is too old'],
    ['no engine', "*'compose version'*) echo 2.40.0 ;;\n*) exit 1 ;;", 'Docker does not answer'],
  ])('where there is %s', async (_where, cases, why) => {
    if (cases !== undefined) await standIn(cases)
    const { code, said } = await call('up')
    expect(code).toBe(1)
    expect(said).toContain(why)
    expect(said).toContain('npm run dev')
    expect(said).toContain('npm run stack')
    expect(said).not.toContain('    at ')
  })
})

it('builds, starts, waits, and tells where everything is', async () => {
  await standIn(healthy)
  const { code, said } = await call('up')
  expect({ code, said }).toEqual({ code: 0, said: expect.stringContaining('http://127.0.0.1:8080') })
  const [, , build, up] = await asked()
  expect(build).toMatch(/^compose --file \S+compose\.yaml build$/)
  expect(up).toMatch(/ up --detach --wait /)
})

it('starts nothing when the image cannot be built, and says so by its exit code', async () => {
  await standIn(`${healthy}\n*build) exit 17 ;;`)
  expect(await call('up')).toMatchObject({ code: 17 })
  expect((await asked()).filter((words) => words.includes(' up '))).toEqual([])
})

it('says where to look when something did not come up', async () => {
  await standIn(`${healthy}\n*' up '*) exit 1 ;;`)
  expect(await call('up')).toEqual({ code: 1, said: expect.stringContaining('logs <name>') })
})

it('keeps the data on the way down, unless told otherwise', async () => {
  await standIn(healthy)
  expect(await call('down')).toMatchObject({ code: 0 })
  expect(await call('down', '--empty')).toMatchObject({ code: 0 })
  const downs = (await asked()).filter((words) => words.includes(' down '))
  expect(downs.map((words) => words.includes('--volumes'))).toEqual([false, true])
})

it.each(['up', 'down'] as const)('explains itself: %s', async (command) => {
  expect(await call(command, '--help')).toEqual({ code: 0, said: expect.stringContaining(`npm run ${command}`) })
  expect(await call(command, 'sideways')).toEqual({ code: 2, said: expect.stringContaining('"sideways" means nothing here') })
})
