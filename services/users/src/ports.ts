import type { Queryable, Transaction } from '@ashlar/service'
import type { PublishedKey } from '@contracts/users'
import type { Session } from './domain/session.ts'
import type { Credentials, User } from './domain/user.ts'

/** Keeps accounts: one for an email address, whatever its letter case. */
export interface UserStore {
  /** Keeps a new account, or says that its address belongs to another; nothing is kept then. */
  insert(tx: Transaction, user: User, passwordHash: string): Promise<'kept' | 'email_taken'>
  find(db: Queryable, id: string): Promise<User | undefined>
  credentialsOf(db: Queryable, email: string): Promise<Credentials | undefined>
  /** Puts a costlier hash of the same password in the place of `known`; changes nothing when that is there no more. */
  renewHash(tx: Transaction, known: Credentials, freshHash: string): Promise<void>
}

/** One exchange of a refresh token, both as their digests. */
export interface Exchange {
  readonly presented: string
  readonly next: string
  readonly at: Date
}

/** Keeps sessions with the digests of their refresh tokens, spent ones too. */
export interface SessionStore {
  open(tx: Transaction, session: Session, firstDigest: string): Promise<void>
  /** Spends a token for the next of its session. Of any number who come with the same one, one is given the session. */
  rotate(tx: Transaction, exchange: Exchange): Promise<Pick<Session, 'id' | 'userId'> | undefined>
  /** Revokes the session a spent token belonged to, and gives its id; nothing for a token that is unknown or not spent. */
  revokeReused(tx: Transaction, digest: string, at: Date): Promise<string | undefined>
  /** Revokes a user's session; repeating it changes nothing. */
  revoke(tx: Transaction, session: Pick<Session, 'id' | 'userId'>, at: Date): Promise<void>
  /** Forgets sessions whose time is over with all their tokens, a hundred at most, and tells how many. */
  forgetExpired(tx: Transaction, at: Date): Promise<number>
}

/** Turns passwords into what may be kept, slowly and the same for everybody; never while a transaction is open. */
export interface Passwords {
  hash(password: string): Promise<string>
  /** For somebody unknown the hash is `undefined`: it takes as long and is not valid. */
  verify(password: string, hash: string | undefined): Promise<{ valid: boolean; needsRehash: boolean }>
}

/** Makes refresh tokens nobody can guess, and the digests they are kept as. */
export interface RefreshTokens {
  next(): string
  digestOf(token: string): string
}

/** Signs access tokens, and publishes what verifies them. */
export interface AccessTokens {
  issue(session: Pick<Session, 'id' | 'userId'>): Promise<{ token: string; expiresInSeconds: number }>
  publishedKeys(): readonly PublishedKey[]
}

/** Makes ids that sort by time. */
export interface Ids {
  next(): string
}

/** Tells the time. */
export interface Clock {
  now(): Date
}
