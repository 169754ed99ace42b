import type { Credentials, User } from '../domain/user.ts'
import type { UserStore } from '../ports.ts'

type Row = Omit<User, 'createdAt'> & { createdAt: Date }

/** Keeps accounts in the service's own database. */
export function postgresUserStore(): UserStore {
  return {
    async insert(tx, { id, email, name, createdAt }, passwordHash) {
      // a violated index would name the address in its error; this way it is an answer
      const inserted = await tx.query(
        `insert into users (id, email, name, password_hash, created_at) values ($1, $2, $3, $4, $5)
         on conflict (lower(email)) do nothing returning id`,
        [id, email, name, passwordHash, createdAt],
      )
      return inserted.length === 1 ? 'kept' : 'email_taken'
    },
    async find(db, id) {
      const [row] = await db.query<Row>('select id, email, name, created_at as "createdAt" from users where id = $1', [id])
      return row && { ...row, createdAt: row.createdAt.toISOString() }
    },
    async credentialsOf(db, email) {
      const [row] = await db.query<Credentials>(
        'select id as "userId", password_hash as "passwordHash" from users where lower(email) = lower($1)',
        [email],
      )
      return row
    },
    async renewHash(tx, { userId, passwordHash }, freshHash) {
      await tx.query('update users set password_hash = $3 where id = $1 and password_hash = $2', [userId, passwordHash, freshHash])
    },
  }
}
