import type { Command } from '../command.ts'
import { runCommand } from '../run-command.ts'

/** What a command left behind: its exit code and its lines. */
export interface Said {
  readonly code: number
  readonly lines: readonly string[]
}

/** Runs a command as the command line would, in an environment that knows this broker and these databases only. */
export async function runHere(command: Command, words: readonly string[], environment: Readonly<Record<string, string>>): Promise<Said> {
  const before = { ...process.env }
  const lines: string[] = []
  try {
    Object.assign(process.env, environment)
    const code = await runCommand([command], [...command.words, ...words], (line) => lines.push(...line.split('\n')))
    return { code, lines }
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name]
    Object.assign(process.env, before)
  }
}
