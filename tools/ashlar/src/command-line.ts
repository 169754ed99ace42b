import type { Command } from './command.ts'

/** How the command line is called. */
export const called = 'npm run ashlar --'

const indent = (text: string): string => `  ${text}`

/** Lists commands. */
export function usageOf(commands: readonly Command[]): string {
  const calls = commands.map(({ words, parameters }) => `${words.join(' ')} ${parameters}`.trimEnd())
  const width = Math.max(...calls.map(({ length }) => length))
  const rows = commands.map(({ summary }, at) => indent(`${(calls[at] ?? '').padEnd(width)}   ${summary}`))
  return [`${called} <command>`, '', ...rows, '', indent('--help after a command explains it')].join('\n')
}

/** Explains one command. */
export function helpOf({ words, parameters, summary, options }: Command): string {
  const rows = Object.entries(options).map(([name, { kind, help }]) =>
    indent(`--${`${name}${kind === 'string' ? ' <text>' : ''}`.padEnd(20)} ${help}`),
  )
  const head = [`${called} ${words.join(' ')} ${parameters}`.trimEnd(), indent(summary)]
  return [...head, ...(rows.length > 0 ? ['', ...rows] : [])].join('\n')
}

/** Gives the commands that what was typed may have been meant for: those of the group it names, else those that look much like it. */
export function meantBy(typed: readonly string[], commands: readonly Command[]): Command[] {
  const ofGroup = commands.filter(({ words }) => words[0] === typed[0])
  const alike = (ofGroup.length > 0 ? ofGroup : commands).filter(({ words }) => {
    const meant = words.join(' ')
    return distance(typed.slice(0, words.length).join(' '), meant) <= Math.ceil(meant.length / 4)
  })
  return alike.length > 0 ? alike : ofGroup
}

/** Counts the letters to add, leave out or change to make one word of another. */
function distance(from: string, to: string): number {
  let costs = Array.from({ length: to.length + 1 }, (_, at) => at)
  for (const [row, letter] of from.split('').entries()) {
    const next = [row + 1]
    for (const [at, other] of to.split('').entries()) {
      const changed = (costs[at] ?? 0) + (letter === other ? 0 : 1)
      next.push(Math.min(changed, (costs[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1))
    }
    costs = next
  }
  return costs[to.length] ?? 0
}
