import { describe, expect, it } from 'vitest'
import { RefusedError, UsageError, type Command, type Request } from './command.ts'
import { runCommand } from './run-command.ts'

function tea(run: (request: Request) => void): Command {
  return {
    words: ['brew', 'tea'],
    parameters: '<cups>',
    summary: 'brew tea',
    options: { strong: { kind: 'boolean', help: 'leave it longer' } },
    run: (request) => Promise.resolve(run(request)),
  }
}

async function say(command: Command, ...words: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const code = await runCommand([command], words, (line) => lines.push(line))
  return { code, said: lines.join('\n') }
}

describe('the command line', () => {
  it('gives a command its parameters and options', async () => {
    let seen: Request | undefined
    const listening = tea((request) => void (seen = request))
    const { code } = await say(listening, 'brew', 'tea', '2', '--strong')
    expect(code).toBe(0)
    expect(seen).toMatchObject({ parameters: ['2'], options: { strong: true } })
  })

  it('lists what there is when it is asked for nothing, or for something else', async () => {
    expect(await say(tea(() => {}))).toMatchObject({ code: 0, said: expect.stringContaining('brew tea <cups>') as string })
    const other = await say(
      tea(() => {}),
      'brew',
      'coffee',
    )
    expect(other.code).toBe(2)
    expect(other.said).toContain('there is no command "brew coffee"')
  })

  it('explains a command', async () => {
    const { code, said } = await say(
      tea(() => {}),
      'brew',
      'tea',
      '--help',
    )
    expect(code).toBe(0)
    expect(said).toContain('leave it longer')
  })

  it('tells a wrong call from something that is not so', async () => {
    const unknown = await say(
      tea(() => {}),
      'brew',
      'tea',
      '--sweet',
    )
    expect(unknown.code).toBe(2)
    expect(unknown.said).toContain('--sweet')
    const missing = tea(() => {
      throw new UsageError('say how many')
    })
    expect(await say(missing, 'brew', 'tea')).toMatchObject({ code: 2, said: expect.stringContaining('say how many') as string })
    const empty = tea(() => {
      throw new RefusedError('the kettle is empty')
    })
    expect(await say(empty, 'brew', 'tea')).toEqual({ code: 1, said: 'the kettle is empty' })
  })
})
