/** A registered customer. */
export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly createdAt: string
}

/** What proves that somebody is a user. */
export interface Credentials {
  readonly userId: string
  readonly passwordHash: string
}

/** Gives the form in which two addresses are compared: an address belongs to one account, whatever its letter case. */
export function comparable(email: string): string {
  return email.toLowerCase()
}
