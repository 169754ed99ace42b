import { mkdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StateDamagedError } from '../server/errors.ts'
import { startEmpty } from './start-empty.ts'
import { writeWhole } from './write-whole.ts'

/** Where a system's card provider keeps its ledger: the one thing in its folder that can neither be made nor sent again. */
export function cardLedgerIn(folder: string): string {
  return join(folder, 'card-provider', 'ledger.jsonl')
}

/** Makes an empty ledger where there is none. */
export async function makeCardLedger(folder: string): Promise<void> {
  const ledger = cardLedgerIn(folder)
  if ((await sizeOf(ledger)) !== undefined) return
  await mkdir(dirname(ledger), { recursive: true })
  await writeWhole(ledger, '', { mode: 0o600 })
}

/** Whether the ledger holds anything. */
export async function hasCharges(folder: string): Promise<boolean> {
  return ((await sizeOf(cardLedgerIn(folder))) ?? 0) > 0
}

/** Throws `StateDamagedError` when the ledger is gone, or a line of it is not JSON. A torn last line the card provider cuts off. */
export async function requireCardLedger(folder: string): Promise<void> {
  const ledger = cardLedgerIn(folder)
  const text = await readFile(ledger, 'utf8').catch(() => undefined)
  if (text === undefined)
    throw new StateDamagedError(
      `${ledger} cannot be read or is gone: what cards were charged for the orders in the databases is nowhere else.\nPut it back. ${startEmpty}`,
    )
  const broken = text
    .split('\n')
    .slice(0, -1)
    .findIndex((line) => !isObject(line))
  if (broken !== -1)
    throw new StateDamagedError(
      `${ledger} is damaged: line ${broken + 1} cannot be read, and without it the money does not add up.\nPut it back. ${startEmpty}`,
    )
}

async function sizeOf(file: string): Promise<number | undefined> {
  return (await stat(file).catch(() => undefined))?.size
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
