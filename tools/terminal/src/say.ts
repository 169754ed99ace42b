/** Says something. Gives the exit code of a command that did what it was asked: 0. */
export function say(text: string): 0 {
  process.stdout.write(`${text}\n`)
  return 0
}

/** Says on the error output what went wrong. Gives the exit code of a command that failed: 1. */
export function complain(text: string): 1 {
  process.stderr.write(`${text}\n`)
  return 1
}

/** Where a refusal is said; the error output unless somebody else listens. */
export interface Refusal {
  readonly usage: string
  readonly complain?: (text: string) => void
}

/** Says in a line why the words after a command mean nothing to it, and below it which do. Gives the exit code for that: 2. */
export function refuse(reason: string, { usage, complain: tell = complain }: Refusal): 2 {
  tell(`${reason}\n\n${usage}`)
  return 2
}
