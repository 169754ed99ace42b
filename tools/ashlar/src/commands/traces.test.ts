import { createTraceStore, serveTraces } from '@tools/dev'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runCommand } from '../run-command.ts'
import { supervisorTraces } from '../traces/supervisor-traces.ts'
import { sendTraces, type SentTraces } from '../traces/testing/sent-traces.ts'
import { traceFrom } from './trace.ts'
import { tracesFrom } from './traces.ts'

interface Said {
  readonly code: number
  readonly said: string
}

/** A supervisor that was sent two traces, and the command line that asks it. */
async function open(): Promise<{ sent: SentTraces; say: (...words: string[]) => Promise<Said> }> {
  const server = await serveTraces(0, createTraceStore({ maxTraces: 100, maxBytes: 1_000_000 }))
  onTestFinished(() => server?.close())
  const url = `http://127.0.0.1:${server?.port}`
  const source = () => Promise.resolve(supervisorTraces(url))
  const commands = [tracesFrom(source), traceFrom(source)]
  return {
    sent: await sendTraces(url),
    say: async (...words) => {
      const lines: string[] = []
      const code = await runCommand(commands, words, (line) => lines.push(line))
      return { code, said: lines.join('\n') }
    },
  }
}

describe('traces', () => {
  it('lists them with what matters, failures marked', async () => {
    const { sent, say } = await open()
    const { code, said } = await say('traces')
    expect(code).toBe(0)
    const [replayed, placed, hint] = said.split('\n')
    expect(replayed).toMatch(
      new RegExp(
        `^✗   \\d\\d:\\d\\d:\\d\\d   ${sent.replayed.slice(0, 9)}   50\\.0 ms    1 span, 1 failed   ${sent.readers} process orders\\.order-placed\\.v1$`,
      ),
    )
    expect(placed).toMatch(
      new RegExp(`^    \\S+   ${sent.placed.slice(0, 9)}   300\\.0 ms   3 spans            ${sent.door} POST /v1/orders +${sent.readers}$`),
    )
    expect(hint).toBe(`  one of them: npm run ashlar -- trace ${sent.replayed.slice(0, 9)}`)
  })

  it('lists only those that are asked for', async () => {
    const { sent, say } = await open()
    for (const words of [['--errors'], ['--limit', '1']]) {
      const { said } = await say('traces', ...words)
      expect(said).toContain(sent.readers)
      expect(said).not.toContain(sent.door)
    }
    for (const words of [
      ['--slower-than', '200ms'],
      ['--slower-than', '0.2s'],
      ['--service', sent.door],
    ]) {
      const { said } = await say('traces', ...words)
      expect(said).toContain(`${sent.door} POST`)
      expect(said).not.toContain('failed')
    }
    expect((await say('traces', '--service', 'nobody')).said).toMatch(/^No such traces/)
  })

  it('gives JSON to programs', async () => {
    const { sent, say } = await open()
    expect(JSON.parse((await say('traces', '--json')).said)).toMatchObject([{ traceId: sent.replayed }, { traceId: sent.placed, spans: 3 }])
    expect(JSON.parse((await say('trace', sent.placed, '--json')).said)).toMatchObject({ traceId: sent.placed })
  })

  it.each([
    ['--slower-than', 'soon'],
    ['--limit', '0'],
    ['--limit', 'many'],
  ])('asks nothing for %s %s', async (...words) => {
    const { say } = await open()
    expect(await say('traces', ...words)).toMatchObject({ code: 2, said: expect.stringContaining(words[0]) as string })
  })
})

describe('trace', () => {
  it('draws one, found by the beginning of its id', async () => {
    const { sent, say } = await open()
    const { code, said } = await say('trace', sent.placed.slice(0, 9).toUpperCase())
    expect(code).toBe(0)
    expect(said).toContain(`trace ${sent.placed}`)
    expect(said).toMatch(/└─ readers-\w+ consumer → process orders\.order-placed\.v1/)
  })

  it('says in a line what is wrong with an id', async () => {
    const { sent, say } = await open()
    expect(await say('trace', 'ffff')).toEqual({ code: 1, said: 'there is no trace ffff: see npm run ashlar -- traces' })
    expect(await say('trace', 'order-7')).toMatchObject({ code: 1, said: expect.stringMatching(/^order-7 is no trace id/) as string })
    expect(await say('trace')).toMatchObject({ code: 2, said: expect.stringMatching(/^say which/) as string })
    const several = await say('trace', sent.placed.slice(0, 8))
    expect(several.code).toBe(1)
    for (const id of [sent.placed, sent.replayed]) expect(several.said).toContain(`\n  ${id}`)
  })
})
