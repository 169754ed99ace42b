import { parseArgs } from 'node:util'
import { RefusedError, UsageError, type Command } from './command.ts'

const indent = (text: string): string => `  ${text}`

/** Finds the command the words name and runs it; gives the exit code. `--help` explains everything, or one command. */
export async function runCommand(commands: readonly Command[], words: readonly string[], print: (line: string) => void): Promise<number> {
  const command = commands.find((one) => one.words.every((word, at) => words[at] === word))
  if (command === undefined) {
    const isHelp = words.length === 0 || words.includes('--help')
    if (!isHelp) print(`there is no command "${words.filter((word) => !word.startsWith('-')).join(' ')}"\n`)
    print(usageOf(commands))
    return isHelp ? 0 : 2
  }
  if (words.includes('--help')) {
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
    if (error instanceof RefusedError) {
      print(error.message)
      return 1
    }
    throw error
  }
}

function parse({ options }: Command, args: string[]): { values: Record<string, string | boolean | undefined>; positionals: string[] } {
  try {
    const known = Object.fromEntries(Object.entries(options).map(([name, { kind }]) => [name, { type: kind }]))
    return parseArgs({ args, options: known, allowPositionals: true })
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : 'the options could not be read', { cause })
  }
}

function usageOf(commands: readonly Command[]): string {
  const rows = commands.map(({ words, parameters, summary }) => indent(`${`${words.join(' ')} ${parameters}`.padEnd(42)} ${summary}`))
  return ['npm run ashlar -- <command>', '', ...rows, '', indent('--help after a command explains it')].join('\n')
}

function helpOf({ words, parameters, summary, options }: Command): string {
  const rows = Object.entries(options).map(([name, { kind, help }]) =>
    indent(`--${`${name}${kind === 'string' ? ' <text>' : ''}`.padEnd(20)} ${help}`),
  )
  return [`npm run ashlar -- ${words.join(' ')} ${parameters}`.trimEnd(), indent(summary), ...(rows.length > 0 ? ['', ...rows] : [])].join(
    '\n',
  )
}
