import { describe, expect, it } from 'vitest'
import { RefusedError, UsageError, type Command, type Request } from './command.ts'
import { runCommand } from './run-command.ts'

function brewing(what: string, run: (request: Request) => void = () => undefined): Command {
  return {
    words: ['brew', what],
    parameters: '<cups>',
    takes: 'one',
    summary: `brew ${what}`,
    options: { strong: { kind: 'boolean', help: 'leave it longer' } },
    run: (request) => Promise.resolve(run(request)),
  }
}

const wash: Command = { ...brewing('cups'), words: ['wash', 'up'], takes: 'many' }

async function say(run: ((request: Request) => void) | undefined, ...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const code = await runCommand([brewing('tea', run), brewing('cocoa'), wash], words, (line) => lines.push(line))
  return { code, said: lines.join('\n') }
}

const throwing = (error: Error) => () => {
  throw error
}
const containing = (text: string) => expect.stringContaining(text) as string

describe('the command line', () => {
  it('gives a command its parameters and options', async () => {
    let seen: Request | undefined
    const { code } = await say((request) => void (seen = request), 'brew', 'tea', '2', '--strong')
    expect(code).toBe(0)
    expect(seen).toMatchObject({ parameters: ['2'], options: { strong: true } })
  })

  it.each([[[]], [['--help']], [['-h']]])('lists what there is when it is asked for %j', async (words) => {
    const { code, said } = await say(undefined, ...words)
    expect(code).toBe(0)
    for (const call of ['brew tea <cups>', 'brew cocoa <cups>', 'wash up <cups>']) expect(said).toContain(call)
  })

  it('lists a group of commands, as an answer or as a reproach', async () => {
    const [asked, guessed] = [await say(undefined, 'brew', '--help'), await say(undefined, 'brew')]
    expect(asked).toMatchObject({ code: 0, said: containing('brew tea') })
    expect(asked.said).not.toContain('wash up')
    expect(guessed).toEqual({ ...asked, code: 2 })
  })

  it('names what may have been meant instead', async () => {
    expect(await say(undefined, 'brew', 'tee')).toEqual({
      code: 2,
      said: 'there is no command "brew tee"; did you mean\n  npm run ashlar -- brew tea',
    })
    expect(await say(undefined, 'wahs', 'up', 'now')).toMatchObject({
      code: 2,
      said: containing('did you mean\n  npm run ashlar -- wash up'),
    })
    expect((await say(undefined, 'brew', 'lemonade')).said).toMatch(/did you mean\n.*brew tea\n.*brew cocoa$/)
    expect(await say(undefined, 'fly')).toMatchObject({ code: 2, said: containing('there is no command "fly"\n\nnpm run ashlar') })
  })

  it('explains a command', async () => {
    for (const flag of ['--help', '-h'])
      expect(await say(undefined, 'brew', 'tea', flag)).toMatchObject({ code: 0, said: containing('leave it longer') })
  })

  it('calls a wrong call wrong, and explains the command', async () => {
    expect(await say(undefined, 'brew', 'tea', '--sweet')).toMatchObject({ code: 2, said: containing('--sweet') })
    expect(await say(undefined, 'brew', 'tea', '2', '3')).toMatchObject({ code: 2, said: containing('"3" is one word too many') })
    expect(await say(undefined, 'wash', 'up', '2', '3')).toMatchObject({ code: 0 })
    const { code, said } = await say(throwing(new UsageError('say how many')), 'brew', 'tea')
    expect(code).toBe(2)
    expect(said).toMatch(/^say how many\n\n.*leave it longer$/s)
  })

  it('says in one line what is refused and what is away', async () => {
    expect(await say(throwing(new RefusedError('the kettle is empty')), 'brew', 'tea')).toEqual({ code: 1, said: 'the kettle is empty' })
    const away = new Error('the stove does not answer', { cause: new AggregateError([new Error('connect ECONNREFUSED 127.0.0.1:1')]) })
    expect(await say(throwing(away), 'brew', 'tea')).toEqual({
      code: 1,
      said: 'the stove does not answer (connect ECONNREFUSED 127.0.0.1:1)',
    })
  })

  it('throws what is its own mistake', async () => {
    await expect(say(throwing(new TypeError('undefined is not a kettle')), 'brew', 'tea')).rejects.toThrow('not a kettle')
  })
})
