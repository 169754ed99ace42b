import { readFile, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cardLedgerIn } from './card-ledger.ts'
import { writeWhole } from './write-whole.ts'

const noteName = 'belongs-to'

/** The folders of a system that hold what its databases do not, the card provider's first. */
export function besideDatabases(folder: string): readonly [string, string] {
  return [dirname(cardLedgerIn(folder)), join(folder, 'nats')]
}

/** Reads which databases a folder's content belongs to; `undefined` when that was never noted. */
export function databasesNotedIn(home: string): Promise<string | undefined> {
  return readFile(join(home, noteName), 'utf8').catch(() => undefined)
}

/** Notes in a folder which databases its content belongs to. */
export async function noteDatabases(home: string, name: string): Promise<void> {
  if ((await databasesNotedIn(home)) !== name) await writeWhole(join(home, noteName), name, { mode: 0o644 })
}

/** Takes a note back. */
export async function forgetDatabases(home: string): Promise<void> {
  await rm(join(home, noteName), { force: true })
}
