import { DatabaseUnavailableError, type Database } from '@ashlar/persistence'
import { RefusedError } from './command.ts'
import { serviceNames, databaseOf } from './running-shop.ts'
import { inOneLine } from './terminal/in-one-line.ts'

/** Asks the database of every service that has sagas, one after the other, or only that of the service named. Throws `RefusedError` for one that is away. */
export async function inSagaDatabases<Found>(
  service: string | undefined,
  ask: (database: Database, service: string) => Promise<Found>,
): Promise<Found[]> {
  const found: Found[] = []
  for (const name of service === undefined ? await serviceNames() : [service]) {
    const database = await databaseOf(name)
    try {
      if (await hasSagas(database)) found.push(await ask(database, name))
    } catch (cause) {
      if (cause instanceof DatabaseUnavailableError) throw new RefusedError(`${name}: ${inOneLine(cause)}`, { cause })
      throw cause
    } finally {
      await database.close()
    }
  }
  return found
}

async function hasSagas(database: Database): Promise<boolean> {
  const [row] = await database.query<{ present: boolean }>(`select to_regclass('platform.saga') is not null as present`)
  return row?.present === true
}
