import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { conversationsIn, Waivers, type Conversation, type Waiver } from '@ashlar/contract-artifacts'
import { RefusedError } from '../command.ts'
import { absentAs } from '../files/absent-as.ts'
import { jsonIn } from '../files/json-in.ts'

/** Reads what the pacts below a folder of contracts show. */
export async function conversationsBelow(contracts: string): Promise<Conversation[]> {
  const files = (await filesBelow(contracts)).filter((file) => /[/\\]pacts[/\\][^/\\]+\.json$/.test(file))
  const all = await Promise.all(files.map(async (file) => conversationsIn(await jsonIn(file))))
  return all.flat()
}

/** Reads every waiver below a folder of contracts. Throws `RefusedError` for a file that is none. */
export async function waiversBelow(contracts: string): Promise<Waiver[]> {
  const files = (await filesBelow(contracts)).filter((file) => file.endsWith('waivers.json'))
  const all = await Promise.all(files.map(waiversIn))
  return all.flat()
}

/** Reads the waivers of one file; there are none when there is no file. */
export async function waiversIn(file: string): Promise<Waiver[]> {
  const read = Waivers.safeParse((await jsonIn(file)) ?? [])
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new RefusedError(`${file} is no list of waivers: ${issue?.path.join('.')} ${issue?.message}`)
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await absentAs([], readdir(folder, { recursive: true, withFileTypes: true }))
  return entries.flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name)] : [])).toSorted()
}
