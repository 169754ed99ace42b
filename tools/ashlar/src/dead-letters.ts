import { openDeadLetters, type DeadLetter, type DeadLetters } from '@ashlar/messaging'
import { brokerUrl } from './running-shop.ts'

/** Opens the dead letters for as long as something is done with them. */
export async function withDeadLetters<Result>(ask: (letters: DeadLetters) => Promise<Result>): Promise<Result> {
  const letters = await openDeadLetters(await brokerUrl())
  try {
    return await ask(letters)
  } finally {
    await letters.close()
  }
}

/** Tells whether a letter is one of these: what was shown is done, what has come since is not. */
export function amongst(letters: readonly DeadLetter[]): (letter: DeadLetter) => boolean {
  const ids = new Set(letters.map(({ id }) => id))
  return ({ id }) => ids.has(id)
}
