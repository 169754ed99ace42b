import { hashPassword, verifyPassword } from '@ashlar/security'
import type { Passwords } from '../ports.ts'

/** Keeps passwords as argon2id. */
export function argonPasswords(): Passwords {
  return { hash: hashPassword, verify: verifyPassword }
}
