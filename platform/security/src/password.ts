import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { formatPhc, parsePhc, type PhcString } from './phc-string.ts'
import { createTurnstile } from './turnstile.ts'

type Cost = Pick<PhcString, 'memoryKiB' | 'passes' | 'lanes'>

const cost: Cost = { memoryKiB: 19 * 1_024, passes: 2, lanes: 1 }
const saltBytes = 16
const hashBytes = 32
// A stored hash decides how much memory its check takes; one that asks for more than this was not made here.
const maxMemoryKiB = 256 * 1_024

// The memory belongs to the process, whoever in it asks: so does the limit, and it holds nothing but a count.
const turnstile = createTurnstile(4)

/** A stored password hash is not one this platform can read: broken data, not a wrong password. */
export class PasswordHashUnreadableError extends Error {
  override readonly name = 'PasswordHashUnreadableError'
}

/** Hashes a password with argon2id (19 MiB, two passes) and a fresh salt, as a PHC string. At most four run at once in a process. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  return formatPhc({ ...cost, salt, hash: await derive(password, { ...cost, salt, hashBytes }) })
}

/**
 * Checks a password against its stored hash. For an unknown user pass `undefined`: the same work is done and the answer
 * is no, so that time does not tell who is registered. `needsRehash` asks to store a new hash, since this one was made
 * with other costs than today's. Throws `PasswordHashUnreadableError` for a hash that is not argon2id.
 */
export async function verifyPassword(password: string, phc: string | undefined): Promise<{ valid: boolean; needsRehash: boolean }> {
  if (phc === undefined) {
    await derive(password, { ...cost, salt: randomBytes(saltBytes), hashBytes })
    return { valid: false, needsRehash: false }
  }
  const stored = parsePhc(phc)
  if (stored === undefined || stored.memoryKiB > maxMemoryKiB)
    throw new PasswordHashUnreadableError('the stored password hash is not a known PHC string')

  const valid = timingSafeEqual(await derive(password, { ...stored, hashBytes: stored.hash.length }), stored.hash)
  return { valid, needsRehash: valid && !isOfTodaysCost(stored) }
}

function isOfTodaysCost(stored: PhcString): boolean {
  return (
    stored.memoryKiB === cost.memoryKiB && stored.passes === cost.passes && stored.lanes === cost.lanes && stored.hash.length === hashBytes
  )
}

function derive(password: string, parameters: Cost & { salt: Buffer; hashBytes: number }): Promise<Buffer> {
  return turnstile.run(
    () =>
      new Promise((resolve, reject) => {
        argon2(
          'argon2id',
          {
            // The same password typed on two keyboards may be composed differently; NFKC makes them one.
            message: password.normalize('NFKC'),
            nonce: parameters.salt,
            memory: parameters.memoryKiB,
            passes: parameters.passes,
            parallelism: parameters.lanes,
            tagLength: parameters.hashBytes,
          },
          (error, hash) => (error === null ? resolve(hash) : reject(error)),
        )
      }),
  )
}
