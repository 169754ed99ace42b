import { parseArgs } from 'node:util'
import { called, helpOf, meantBy, usageOf } from './command-line.ts'
import { RefusedError, UsageError, type Command } from './command.ts'
import { inOneLine } from './terminal/in-one-line.ts'

/**
 * Finds the command the words name and runs it; gives the exit code: 0 done, 1 refused or something is away, 2 called wrongly.
 * `--help` explains everything, a group of commands, or one. Only a mistake of our own is thrown, with its stack.
 */
export async function runCommand(commands: readonly Command[], words: readonly string[], print: (line: string) => void): Promise<number> {
  const command = commands.find((one) => one.words.every((word, at) => words[at] === word))
  const asksForHelp = words.some((word) => word === '--help' || word === '-h')
  if (command === undefined) return explain(commands, { typed: words.filter((word) => !word.startsWith('-')), asksForHelp, print })
  if (asksForHelp) {
    print(helpOf(command))
    return 0
  }
  try {
    const { values, positionals } = parse(command, words.slice(command.words.length))
    await command.run({ parameters: positionals, options: values, print })
    return 0
  } catch (error) {
    if (error instanceof UsageError) {
      print(`${error.message}\n\n${helpOf(command)}`)
      return 2
    }
    if (isMistake(error)) throw error
    print(error instanceof RefusedError ? error.message : inOneLine(error))
    return 1
  }
}

interface Explanation {
  readonly typed: readonly string[]
  readonly asksForHelp: boolean
  readonly print: (line: string) => void
}

function explain(commands: readonly Command[], { typed, asksForHelp, print }: Explanation): number {
  const group = commands.filter(({ words }) => typed.length === 1 && words[0] === typed[0])
  if (typed.length === 0 || group.length > 0) {
    print(usageOf(group.length > 0 ? group : commands))
    return asksForHelp || typed.length === 0 ? 0 : 2
  }
  const meant = meantBy(typed, commands)
  const perhaps = meant.map(({ words }) => `\n  ${called} ${words.join(' ')}`).join('')
  const said = `there is no command "${typed.join(' ')}"`
  print(meant.length > 0 ? `${said}; did you mean${perhaps}` : `${said}\n\n${usageOf(commands)}`)
  return 2
}

function parse(
  { options, takes }: Command,
  args: string[],
): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  const known = Object.fromEntries(Object.entries(options).map(([name, { kind }]) => [name, { type: kind }]))
  const parsed = parsedBy(() => parseArgs({ args, options: known, allowPositionals: true }))
  const [surplus] = parsed.positionals.slice(takes === 'none' ? 0 : 1)
  if (takes !== 'many' && surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many`)
  return parsed
}

function parsedBy<Parsed>(parsing: () => Parsed): Parsed {
  try {
    return parsing()
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'the options could not be read', { cause })
  }
}

function isMistake(error: unknown): boolean {
  return error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError || error instanceof SyntaxError
}
