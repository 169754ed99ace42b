import { RequestRefusedError } from '@ashlar/contract'

/** Gives the words in which an attempt was refused as unauthenticated. Throws when it was not refused, or for another reason. */
export async function refusalOf(attempt: Promise<unknown>): Promise<string> {
  const error = await attempt.then(
    () => undefined,
    (failure: unknown) => failure,
  )
  if (error instanceof RequestRefusedError && error.status === 'UNAUTHORIZED' && error.reason === 'unauthenticated') return error.message
  throw new Error('was not refused as unauthenticated', { cause: error })
}
