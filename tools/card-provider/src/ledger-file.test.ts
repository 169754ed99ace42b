import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Entry } from './entry.ts'
import { LedgerCorruptError, openLedgerFile } from './ledger-file.ts'

const entry = (key: string): Entry => ({
  kind: 'charge',
  key,
  asked: 'fingerprint',
  at: '2026-11-21T10:00:00.000Z',
  answer: { status: 'declined', declineCode: 'insufficient_funds' },
})

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'card-ledger-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  return folder
}

async function newPath(): Promise<string> {
  return join(await newFolder(), 'a-new-folder', 'ledger.jsonl')
}

it('finds again what it wrote', async () => {
  const path = await newPath()
  const first = await openLedgerFile(path)
  await first.append(entry('one'))
  await first.append(entry('two'))
  await first.close()
  const again = await openLedgerFile(path)
  expect(again.found.map(({ key }) => key)).toEqual(['one', 'two'])
  await again.close()
})

it('cuts off a last line that a crash has torn, and goes on after it', async () => {
  const path = await newPath()
  const first = await openLedgerFile(path)
  await first.append(entry('one'))
  await first.close()
  await appendFile(path, '{"kind":"charge","key":"tö')
  const healed = await openLedgerFile(path)
  expect(healed.found.map(({ key }) => key)).toEqual(['one'])
  await healed.append(entry('two'))
  await healed.close()
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as Entry).key)).toEqual(['one', 'two'])
})

it('refuses to answer from a ledger that is broken in the middle, and names the line', async () => {
  const path = join(await newFolder(), 'ledger.jsonl')
  await writeFile(path, `${JSON.stringify(entry('one'))}\nnonsense\n${JSON.stringify(entry('two'))}\n`)
  await expect(openLedgerFile(path)).rejects.toThrow(LedgerCorruptError)
  await expect(openLedgerFile(path)).rejects.toThrow('line 2')
})

it.each(['null', '{}', '{"kind":"charge","key":"two"}'])('takes %s for no entry', async (line) => {
  const path = join(await newFolder(), 'ledger.jsonl')
  await writeFile(path, `${line}\n`)
  await expect(openLedgerFile(path)).rejects.toThrow(`${path}, line 1 cannot be read`)
})
