import { userInfo } from 'node:os'

/** Gives the name of whoever calls, for the record; a number where the system knows no name. */
export function operatorName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
