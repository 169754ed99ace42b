import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { Server } from './stoppable.ts'
import { diary, diaryService, diaryTables, type DiaryNeeds } from './testing/diary.ts'
import { customer, Town } from './testing/town.ts'

let town: Town
beforeAll(async () => {
  town = await Town.make({ diary: diaryTables })
})
afterAll(() => town[Symbol.asyncDispose]())

async function serve(needs?: DiaryNeeds): Promise<Server> {
  // whatever does not end by itself would be waited for
  const platform = await town.platform(['diary'], { DRAIN_GRACE_MS: '100000' })
  onTestFinished(() => platform.close())
  return platform.serve(diaryService(needs))
}

const write = (server: Server, ada: string, words: string) => town.call(server, diary.write, { input: { words }, as: customer(ada) })

interface Reading {
  readonly status: number
  /** Waits until the stream has said this, and gives the ids so far. */
  says(words: string): Promise<string[]>
  /** All it said, once it ends. */
  readonly whole: Promise<string>
  leave(): Promise<void>
}

async function readOn({ host, port }: Server, ada: string, after?: number): Promise<Reading> {
  const response = await fetch(`http://${host}:${port}/rpc/${diary.readOn.address}`, {
    method: 'POST',
    body: '{}',
    headers: {
      'content-type': 'application/json',
      ...(after === undefined ? {} : { 'last-event-id': String(after) }),
      ...(await town.authorization('diary', customer(ada))),
    },
  })
  let text = ''
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const next = async (): Promise<boolean> => {
    const { value = '', done = true } = (await reader?.read()) ?? {}
    text += value
    return !done
  }
  const rest = async (): Promise<string> => {
    while (await next());
    return text
  }
  let whole: Promise<string> | undefined
  return {
    status: response.status,
    get whole() {
      return (whole ??= rest())
    },
    async says(words) {
      while (!text.includes(words)) if (!(await next())) throw new Error(`it ended: ${text}`)
      return idsIn(text)
    },
    leave: async () => reader?.cancel(),
  }
}

function idsIn(text: string): string[] {
  return [...text.matchAll(/^id: (.*)$/gm)].map(([, id]) => id ?? '')
}

describe('a subscription to what a service keeps', () => {
  it('tells what is there and what comes, whichever instance it is written by, and ends with the last', async () => {
    const [one, other] = [await serve(), await serve()]
    const ada = randomUUID()
    await write(one, ada, 'rain')
    const reading = await readOn(one, ada)
    expect(await reading.says('rain')).toEqual(['1'])
    await write(one, ada, 'sun')
    expect(await reading.says('sun')).toEqual(['1', '2'])
    await write(other, ada, 'the end')
    expect(idsIn(await reading.whole)).toEqual(['1', '2', '3'])
    expect(await reading.whole).toContain('event: return')
  })

  it('goes on at another instance where one was stopped, with nothing lost and nothing twice', async () => {
    const [one, other] = [await serve(), await serve()]
    const ada = randomUUID()
    for (const words of ['rain', 'sun']) await write(one, ada, words)
    const reading = await readOn(one, ada)
    await reading.says('sun')
    await one.stop()
    expect(await reading.whole).not.toContain('event: return')
    await write(other, ada, 'the end')
    const resumed = await readOn(other, ada, 2)
    expect(idsIn(await resumed.whole)).toEqual(['3'])
    expect((await readOn(other, ada, 3)).status).toBe(204)
  })

  it('reads a long history piece by piece, in its order', async () => {
    const server = await serve()
    const ada = randomUUID()
    await town.database('diary').query("insert into entries select $1, n, 'day ' || n from generate_series(1, 250) n", [ada])
    await write(server, ada, 'the end')
    expect(idsIn(await (await readOn(server, ada)).whole)).toEqual(Array.from({ length: 251 }, (_, at) => String(at + 1)))
  })

  it('is refused for a declared reason, and for a place nobody gave', async () => {
    const server = await serve()
    const refused = await readOn(server, randomUUID())
    expect([refused.status, await refused.whole]).toEqual([404, expect.stringContaining('"reason":"never_written"')])
    const { host, port } = server
    const response = await fetch(`http://${host}:${port}/rpc/${diary.readOn.address}?lastEventId=half`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json', ...(await town.authorization('diary', customer('ada'))) },
    })
    expect([response.status, await response.text()]).toEqual([400, expect.stringContaining('"path":["lastEventId"]')])
  })

  it('holds no connection of the pool while it waits, and reads no more once its caller has left', async () => {
    let reads = 0
    const server = await serve({ reading: () => (reads += 1) })
    const ada = randomUUID()
    await write(server, ada, 'rain')
    // more than the pool has connections
    const readings = await Promise.all(Array.from({ length: 12 }, () => readOn(server, ada)))
    for (const reading of readings) await reading.says('rain')
    await write(server, ada, 'sun')
    for (const reading of readings) await reading.says('sun')
    for (const reading of readings) await reading.leave()
    const open = async () => {
      const response = await fetch(`http://${server.host}:${server.port}/metrics`)
      return /^rpc_server_open_streams\{.*\} (\d+)$/m.exec(await response.text())?.[1]
    }
    await expect.poll(open, { timeout: 10_000 }).toBe('0')
    const before = reads
    await write(server, ada, 'snow')
    expect(reads).toBe(before)
  })

  it('breaks off while the database is away, and is told apart from a bug', async () => {
    const server = await serve()
    const ada = randomUUID()
    await write(server, ada, 'rain')
    const reading = await readOn(server, ada)
    await reading.says('rain')
    const bringBack = await town.takeAway('diary')
    // the next look finds it away
    const broken = await reading.whole
    await bringBack()
    expect(broken).toContain('"reason":"dependency_unavailable"')
    await write(server, ada, 'the end')
    expect(idsIn(await (await readOn(server, ada, 1)).whole)).toEqual(['2'])
  })
})
