import { openDeadLetters, type DeadLetters } from '@ashlar/messaging'
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
