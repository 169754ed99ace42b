import { Client, DatabaseError } from 'pg'
import { StateDamagedError } from '../server/errors.ts'
import type { PostgresFolder } from './postgres-folder.ts'
import { passwordRefused } from './superuser-password.ts'

// Classes of SQLSTATE that no waiting mends: wrong password, no such database, files it cannot read, its own corruption.
const forGood = ['28', '3D', '58', 'XX']

/**
 * Asks whether the server of a folder takes clients; `false` while it starts. Throws `StateDamagedError` when what it
 * answers shows that it never will.
 */
export async function takesClients(url: string, place: PostgresFolder): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    return true
  } catch (error) {
    const answer = error instanceof DatabaseError ? error : undefined
    if (answer?.code === '28P01') throw passwordRefused(place, error)
    if (answer !== undefined && forGood.includes(answer.code?.slice(0, 2) ?? '')) throw filesDamaged(place, answer)
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

function filesDamaged(place: PostgresFolder, answer: DatabaseError): StateDamagedError {
  const said = [answer.message, answer.detail].filter((part) => part !== undefined).join('. ')
  return new StateDamagedError(
    `PostgreSQL started, but cannot open its databases: ${said}\nIf its files in ${place.data} were removed, put them back; or start without any data: npm run dev -- --fresh\nIts log: ${place.logFile}`,
    {
      cause: answer,
    },
  )
}
