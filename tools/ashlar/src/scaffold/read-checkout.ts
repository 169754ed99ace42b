import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RefusedError, UsageError } from '../command.ts'
import type { File } from './changes.ts'

/** Reads a file of a checkout. */
export async function fileIn(root: string, path: string): Promise<File> {
  try {
    return { path, text: await readFile(join(root, path), 'utf8') }
  } catch (cause) {
    throw new RefusedError(`${path} cannot be read: nothing was written`, { cause })
  }
}

/** Gives the contract that is there, and what shall be added to it, of the words after a command. Throws `UsageError` for other words. */
export async function namesOf(root: string, words: readonly string[]): Promise<[contract: string, name: string | undefined]> {
  const [contract, name, surplus] = words
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one word too many`)
  const known = (await readdir(join(root, 'contracts'))).toSorted()
  if (contract === undefined) throw new UsageError(`say which contract: ${known.join(', ')}`)
  if (!known.includes(contract)) throw new UsageError(`there is no contract ${contract}: ${known.join(', ')}`)
  return [contract, name]
}
