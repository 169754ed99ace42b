const dayMs = 86_400_000

/** How long a customer stays signed in at most, however often the session is refreshed. */
export const sessionLifetimeMs = 30 * dayMs

/** Somebody signed in on one device: the family of all refresh tokens that descend from one sign-in. */
export interface Session {
  readonly id: string
  readonly userId: string
  readonly openedAt: Date
  readonly expiresAt: Date
}

/** Opens a session, whose end is settled at its beginning. */
export function openSession({ id, userId, at }: { id: string; userId: string; at: Date }): Session {
  return { id, userId, openedAt: at, expiresAt: new Date(at.getTime() + sessionLifetimeMs) }
}

/** Tells whether a session has outlived its time. */
export function isOver({ expiresAt }: Pick<Session, 'expiresAt'>, at: Date): boolean {
  return at.getTime() >= expiresAt.getTime()
}
