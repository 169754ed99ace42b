import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { attic } from './testing/everything.ts'
import { written } from './testing/written.ts'

const run = promisify(execFile)
const buf = fileURLToPath(import.meta.resolve('@bufbuild/buf/bin/buf'))
const { text } = written(attic)

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-buf-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

/** Puts a file where protobuf expects its package, with all the standard rules, and gives the folder. */
async function put(name: string, proto: string): Promise<string> {
  const file = join(folder, name, 'attic', 'v2', 'attic.proto')
  await mkdir(dirname(file), { recursive: true })
  await writeFile(join(folder, name, 'buf.yaml'), 'version: v2\nlint:\n  use: [STANDARD]\nbreaking:\n  use: [FILE]\n')
  await writeFile(file, proto)
  return join(folder, name)
}

/** What buf complains of; nothing where it is content. */
async function complaints(cwd: string, args: readonly string[]): Promise<string> {
  try {
    await run(process.execPath, [buf, ...args], { cwd, env: { ...process.env, BUF_CACHE_DIR: join(folder, 'cache') } })
    return ''
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return stdout + stderr
  }
}

it('has nothing to complain of by the standard rules', async () => {
  expect(await complaints(await put('clean', text), ['lint'])).toBe('')
})

it('does complain of a field in camelCase, so that its silence means something', async () => {
  const damaged = text.replace('bool is_good =', 'bool isGood =')
  expect(await complaints(await put('camel', damaged), ['lint'])).toContain('isGood')
})

it('notices a number that was given to another field, and a field that is gone without being reserved', async () => {
  const before = await put('before', text)
  const renumbered = text
    .replace('int64 amount_minor = 1;', 'int64 amount_minor = 2;')
    .replace('string currency = 2;', 'string currency = 1;')
  expect(renumbered).not.toBe(text)
  expect(await complaints(await put('renumbered', renumbered), ['breaking', '--against', before])).toMatch(
    /Field "1" with name "currency" on message "Price" changed/,
  )
  expect(await complaints(await put('same', text), ['breaking', '--against', before])).toBe('')
})
