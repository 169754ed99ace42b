import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isEntry, type Entry } from './entry.ts'

/** A line of the ledger that was once on the disk cannot be read: nothing may be answered from it. */
export class LedgerCorruptError extends Error {
  override readonly name = 'LedgerCorruptError'
}

/** The ledger cannot be written to; what it holds stays true. */
export class LedgerUnwritableError extends Error {
  override readonly name = 'LedgerUnwritableError'
}

/** An append-only file of entries. */
export interface LedgerFile {
  /** Entries that were on the disk when it was opened. */
  readonly found: readonly Entry[]
  /** Resolves once the entry is on the disk. One at a time. Throws `LedgerUnwritableError`, from then on always. */
  append(entry: Entry): Promise<void>
  close(): Promise<void>
}

/** Opens a ledger, or starts one. A last line without its end was never answered: it is cut off. Throws `LedgerCorruptError`. */
export async function openLedgerFile(path: string): Promise<LedgerFile> {
  await mkdir(dirname(path), { recursive: true })
  const text = await readFile(path, 'utf8').catch(() => '')
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  const found = readEntries(path, whole)
  const file = await open(path, 'a')
  if (whole.length < text.length) await file.truncate(Buffer.byteLength(whole))
  await file.sync()
  await syncFolder(dirname(path))

  let failure: unknown
  return {
    found,
    async append(entry) {
      try {
        // half a line may be on the disk after a failure, and nothing may follow it
        if (failure !== undefined) throw failure
        await file.writeFile(`${JSON.stringify(entry)}\n`)
        await file.datasync()
      } catch (cause) {
        failure = cause
        throw new LedgerUnwritableError(`${path} cannot be written`, { cause })
      }
    },
    close: () => file.close(),
  }
}

function readEntries(path: string, text: string): Entry[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line, index) => {
      const entry = parsed(line)
      if (isEntry(entry)) return entry
      throw new LedgerCorruptError(
        `${path}, line ${index + 1} cannot be read, and nothing is answered from half a ledger. Put it back, or start empty: npm run dev -- --fresh`,
      )
    })
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

/** A new file is safe only when the folder that names it is on the disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
