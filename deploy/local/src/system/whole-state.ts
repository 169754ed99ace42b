import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { userForPostgres } from '../postgres/other-user.ts'
import { claimData, postgresFolderOf, readDataNames, type PostgresFolder } from '../postgres/postgres-folder.ts'
import { StateDamagedError } from '../server/errors.ts'
import { besideDatabases, databasesNotedIn, forgetDatabases, noteDatabases } from './belongs-to.ts'
import { cardLedgerIn, hasCharges, makeCardLedger, requireCardLedger } from './card-ledger.ts'
import { startEmpty } from './start-empty.ts'

/**
 * Looks, before anything starts, whether databases, ledger and streams of a folder are there and belong together. Lost
 * streams heal, for services publish again what their databases hold; so does a lost claim on databases that are still
 * the ones. Databases lost beside a ledger, or the reverse, would lose money in silence: that throws
 * `StateDamagedError`. For who holds the folder's lock.
 */
export async function requireWholeState(folder: string): Promise<void> {
  const place = await postgresFolderOf(folder, await userForPostgres())
  const databases = await databasesOf(folder, place)
  if (databases === undefined) {
    await requireNothingLeft(folder, place)
    for (const home of besideDatabases(folder)) await forgetDatabases(home)
    // Before the databases are made: wherever these are, a ledger was.
    return makeCardLedger(folder)
  }
  await requireCardLedger(folder)
  for (const home of besideDatabases(folder)) {
    if (![undefined, databases].includes(await databasesNotedIn(home)))
      throw new StateDamagedError(`What is in ${home} belongs to other databases than those in ${place.data}.\n${startEmpty}`)
  }
}

/** Notes beside ledger and streams which databases they belong to, once these are there. */
export async function noteWholeState(folder: string): Promise<void> {
  const { made } = await readDataNames(await postgresFolderOf(folder, await userForPostgres()))
  if (made !== undefined) for (const home of besideDatabases(folder)) await noteDatabases(home, made)
}

/** The name of the databases, if they are there and ours. */
async function databasesOf(folder: string, place: PostgresFolder): Promise<string | undefined> {
  const { made, claimed } = await readDataNames(place)
  if (made === undefined || made === claimed) return made
  if ((await databasesNotedIn(besideDatabases(folder)[0])) !== made) return undefined
  await claimData(place, made)
  return made
}

async function requireNothingLeft(folder: string, place: PostgresFolder): Promise<void> {
  const left: string[] = []
  if (await hasCharges(folder)) left.push(`the card provider's ledger (${cardLedgerIn(folder)})`)
  if (await hasStreams(folder)) left.push(`messages (${join(folder, 'nats')})`)
  if (left.length === 0) return
  throw new StateDamagedError(
    `The databases are gone: ${place.data} is missing, incomplete, or not the one that ${place.claimFile} names.\nStill there, and of no use without them: ${left.join(', ')}.\nPut the databases back. ${startEmpty}`,
  )
}

async function hasStreams(folder: string): Promise<boolean> {
  for await (const _stream of glob('jetstream/jetstream/*/streams/*', { cwd: join(folder, 'nats') })) return true
  return false
}
