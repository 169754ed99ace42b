import type { SessionStore } from '../ports.ts'

/** Keeps sessions in the service's own database. Digests are written in hex here and kept as bytes there. */
export function postgresSessionStore(): SessionStore {
  return {
    async open(tx, { id, userId, openedAt, expiresAt }, firstDigest) {
      await tx.query('insert into sessions (id, user_id, opened_at, expires_at) values ($1, $2, $3, $4)', [id, userId, openedAt, expiresAt])
      await tx.query(`insert into refresh_tokens (digest, session_id) values (decode($1, 'hex'), $2)`, [firstDigest, id])
    },
    async rotate(tx, { presented, next, at }) {
      // a second one waits for the row, reads it again when the first has committed, and finds it spent
      const [session] = await tx.query<{ id: string; userId: string }>(
        `with spent as (
           update refresh_tokens token set spent_at = $3 from sessions session
           where token.digest = decode($1, 'hex') and token.spent_at is null
             and session.id = token.session_id and session.revoked_at is null and session.expires_at > $3
           returning session.id, session.user_id
         ), followed as (
           insert into refresh_tokens (digest, session_id) select decode($2, 'hex'), id from spent
         )
         select id, user_id as "userId" from spent`,
        [presented, next, at],
      )
      return session
    },
    async revokeReused(tx, digest, at) {
      const [revoked] = await tx.query<{ id: string }>(
        `update sessions session set revoked_at = $2 from refresh_tokens token
         where token.digest = decode($1, 'hex') and token.spent_at is not null
           and session.id = token.session_id and session.revoked_at is null
         returning session.id`,
        [digest, at],
      )
      return revoked?.id
    },
    async revoke(tx, { id, userId }, at) {
      await tx.query('update sessions set revoked_at = $3 where id = $1 and user_id = $2 and revoked_at is null', [id, userId, at])
    },
    async forgetExpired(tx, at) {
      const forgotten = await tx.query(
        `delete from sessions where id in (
           select id from sessions where expires_at <= $1 order by expires_at limit 100 for update skip locked
         ) returning id`,
        [at],
      )
      return forgotten.length
    },
  }
}
