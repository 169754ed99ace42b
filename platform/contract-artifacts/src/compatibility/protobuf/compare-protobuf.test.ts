import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lockOf } from '../../lock/lock-of.ts'
import { printProto } from '../../protobuf/print-proto.ts'
import { protobufOf } from '../../protobuf/write-proto.ts'
import { protobufCases } from '../cases/protobuf-cases.ts'
import type { ProtobufChange } from '../cases/protobuf-change.ts'
import { partText } from '../findings/part-text.ts'
import { pathText } from '../schemas/difference.ts'
import { carriedWitness } from './carried-witness.ts'
import { compareProtobuf } from './compare-protobuf.ts'
import type { ProtoVersions } from './proto-difference.ts'

const run = promisify(execFile)
const buf = fileURLToPath(import.meta.resolve('@bufbuild/buf/bin/buf'))
const cases = protobufCases.map((change) => ({ ...change, change, versions: versionsOf(change) }))

/** Both versions as `contracts emit` writes them, the second by the lock of the first or what became of it. */
function versionsOf({ earlier, before, after, relock }: ProtobufChange): ProtoVersions {
  const memory = earlier && lockOf(earlier, undefined)
  return { before: protobufOf(before, memory), after: protobufOf(after, relock(lockOf(before, memory))) }
}

/** Packages in which bytes or JSON of protobuf may be misread, by buf's own rules; all cases are asked about at once. */
let refusedByBuf: ReadonlySet<string>
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-buf-'))
  for (const side of ['before', 'after'] as const) {
    await mkdir(join(folder, side))
    await writeFile(join(folder, side, 'buf.yaml'), 'version: v2\nbreaking:\n  use: [WIRE_JSON]\n')
    for (const { versions } of cases) {
      const file = join(folder, side, versions[side].package.replaceAll('.', '/'), 'pot.proto')
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, printProto(versions[side]))
    }
  }
  const args = ['breaking', '--against', '../before', '--error-format', 'json']
  const env = { ...process.env, BUF_CACHE_DIR: join(folder, 'cache') }
  const said = await run(process.execPath, [buf, ...args], { cwd: join(folder, 'after'), env }).catch((error: unknown) => error)
  const { stdout = '', code } = said as { stdout?: string; code?: number }
  // 100: it found something to complain of
  if (code !== 100) throw new Error(`buf did not compare: ${String(said)}`)
  const complaints = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { path: string })
  refusedByBuf = new Set(complaints.map(({ path }) => path.replace(/\/pot\.proto$/, '').replaceAll('/', '.')))
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

describe.each(cases)('$kind', ({ change, versions }) => {
  const differences = compareProtobuf(versions)
  const broken = differences.filter(({ level }) => level === 'breaking')

  it('is judged as it breaks', () => {
    const found = differences.map(({ root, path, aspect, level }) => {
      const where = [partText(root.place).replace('pour ', ''), pathText(path), aspect].filter((word) => word !== '')
      return [where.join(' '), level]
    })
    expect(Object.fromEntries(found)).toEqual(change.findings)
  })

  it('is shown by bytes where it breaks', () => {
    // what was only kept from others is in no bytes
    expect(broken.filter((one) => one.path.length > 0 && carriedWitness(one, versions) === undefined)).toEqual([])
  })

  it('is judged alike by buf, or it is written down why not', () => {
    const differs = refusedByBuf.has(versions.before.package) !== broken.length > 0
    expect(differs ? (change.bufDiffers ?? 'nobody wrote down why') : undefined).toBe(change.bufDiffers)
  })
})
