import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CardProviderUnavailableError, type CardProvider } from '../ports.ts'
import { cardProviderSuite } from './card-provider-suite.ts'
import { httpCardProvider } from './http-card-provider.ts'

const program = join(import.meta.dirname, '../../../../tools/card-provider/src/main.ts')

describe('the card provider over HTTP', () => {
  let folder: string
  let running: ChildProcess
  let provider: CardProvider

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'payments-provider-'))
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, CARD_PROVIDER_PORT: '0', CARD_PROVIDER_LEDGER_FILE: join(folder, 'ledger.jsonl') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running = child
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    provider = httpCardProvider((JSON.parse(line) as { url: string }).url)
  })
  afterAll(async () => {
    running.kill('SIGKILL')
    await rm(folder, { recursive: true })
  })

  cardProviderSuite(() => provider)

  it('gives up when it is told to', async () => {
    const ask = { key: 'aborted', signal: AbortSignal.abort() }
    await expect(provider.find(ask)).rejects.toThrow(CardProviderUnavailableError)
  })
})

it('says so when nobody answers', async () => {
  const provider = httpCardProvider('http://127.0.0.1:9')
  const asking = provider.find({ key: 'k', signal: AbortSignal.timeout(30_000) })
  await expect(asking).rejects.toThrow('the card provider did not answer')
})
