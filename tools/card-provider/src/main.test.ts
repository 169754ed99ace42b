import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempDisposable, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { cardClient } from './testing/card-client.ts'

async function start(ledgerFile: string): Promise<{ process: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, CARD_PROVIDER_PORT: '0', CARD_PROVIDER_LEDGER_FILE: ledgerFile },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, url } = JSON.parse(line) as { event: string; url: string }
    if (event === 'ready') return { process: child, url }
  }
  throw new Error('the card provider ended before it was ready')
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const exited = once(child, 'exit') as Promise<[number | null]>
  child.kill(signal)
  return (await exited)[0]
}

it('forgets nothing it has answered when it is killed in the middle of its work', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'card-provider-'))
  const ledgerFile = join(folder.path, 'ledger.jsonl')
  const before = await start(ledgerFile)
  const cards = cardClient(before.url)
  const answered: string[] = []
  const asking = Array.from({ length: 200 }, async (_, index) => {
    const key = `charge-${index}`
    const reply = await cards.charge(key, 'tok_visa', 100)
    if (reply.status === 201) answered.push(key)
    if (answered.length === 40) before.process.kill('SIGKILL')
  })
  await Promise.allSettled(asking)

  const after = await start(ledgerFile)
  const again = cardClient(after.url)
  expect(answered.length).toBeGreaterThanOrEqual(40)
  for (const key of answered) expect((await again.get(`/charges/by-key/${key}`)).body).toMatchObject({ status: 'charged' })

  // every charge is asked for once more, as its customers would: each is made exactly once
  for (let index = 0; index < 200; index += 1) expect((await again.charge(`charge-${index}`, 'tok_visa', 100)).status).toBe(201)
  expect((await again.get('/ledger')).body).toMatchObject({ totals: { EUR: { chargedMinor: 20_000 } } })
  expect(await end(after.process, 'SIGTERM')).toBe(0)
})

it('says in one line which ledger is damaged, and ends', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'card-provider-'))
  const ledgerFile = join(folder.path, 'ledger.jsonl')
  await writeFile(ledgerFile, 'nonsense\n')
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, CARD_PROVIDER_LEDGER_FILE: ledgerFile },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const [said, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
  expect(code).toBe(1)
  expect(said.trimEnd().split('\n')).toEqual([expect.stringContaining(`${ledgerFile}, line 1 cannot be read`)])
})
