import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { AnyContract } from '@ashlar/contract'
import type { ContractLock, ContractVersion } from '@ashlar/contract-artifacts'
import { isContract } from '../all-contracts.ts'
import { RefusedError } from '../command.ts'
import { isThere } from '../files/absent-as.ts'
import { inOneLine } from '../terminal/in-one-line.ts'
import { git } from './git.ts'

/** What was emitted of the contracts of one folder and lies there. */
interface Emitted {
  readonly name: string
  readonly locks: readonly ContractLock[]
  readonly protobuf: readonly NonNullable<ContractVersion['protobuf']>[]
}

/** What one folder below `contracts/` holds: contracts that could be loaded, or what was locked of them and why they could not. */
export type ContractFolder = Emitted &
  ({ readonly kind: 'loaded'; readonly contracts: readonly AnyContract[] } | { readonly kind: 'locked'; readonly why: string })

const run = promisify(execFile)

/** Lays out the contracts of a commit below `.ashlar/`, where they find the platform of the working tree; gives the folder. */
export async function contractsOf(commit: string, root: string): Promise<string> {
  const folder = join(root, '.ashlar', 'contracts-at', commit)
  if (await isThere(folder)) return join(folder, 'contracts')
  await mkdir(join(root, '.ashlar', 'contracts-at'), { recursive: true })
  const unfinished = await mkdtemp(`${folder}-`)
  try {
    const listed = await git(root, 'ls-tree', '--name-only', commit, 'contracts')
    await mkdir(join(unfinished, 'contracts'), { recursive: true })
    if (listed !== '') {
      await git(root, 'archive', '--format=tar', `--output=${join(unfinished, 'contracts.tar')}`, commit, 'contracts')
      await run('tar', ['-xf', 'contracts.tar'], { cwd: unfinished })
    }
    // another run may have been faster; what it laid out is the same
    await rename(unfinished, folder).catch(async (error: unknown) => {
      if (!(await isThere(folder))) throw error
    })
  } finally {
    await rm(unfinished, { recursive: true, force: true })
  }
  return join(folder, 'contracts')
}

/** Loads every contract below a folder of contracts; falls back to the lock of one that does not load. */
export async function contractFolders(folder: string): Promise<ContractFolder[]> {
  const entries = (await isThere(folder)) ? await readdir(folder, { withFileTypes: true }) : []
  const names = entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).toSorted()
  const folders = await Promise.all(names.map((name) => contractFolder(join(folder, name), name)))
  return folders.filter((one) => one !== undefined)
}

async function contractFolder(folder: string, name: string): Promise<ContractFolder | undefined> {
  const index = join(folder, 'index.ts')
  if (!(await isThere(index))) return undefined
  const generated = join(folder, 'generated')
  const locks = await jsonBelow<ContractLock>(generated, 'contract.lock.json')
  const emitted = { name, locks, protobuf: await jsonBelow<Emitted['protobuf'][number]>(generated, `${name}.proto.json`) }
  try {
    const exported = (await import(pathToFileURL(index).href)) as Record<string, unknown>
    return { ...emitted, kind: 'loaded', contracts: Object.values(exported).filter(isContract) }
  } catch (cause) {
    const why = inOneLine(cause)
    if (locks.length === 0) throw new RefusedError(`the contract in ${folder} does not load and has no lock: ${why}`, { cause })
    return { ...emitted, kind: 'locked', why }
  }
}

async function jsonBelow<Emitted>(folder: string, file: string): Promise<Emitted[]> {
  const entries = (await isThere(folder)) ? await readdir(folder, { recursive: true, withFileTypes: true }) : []
  const files = entries.filter(({ name }) => name === file).map(({ parentPath, name }) => join(parentPath, name))
  return Promise.all(files.toSorted().map(async (file) => JSON.parse(await readFile(file, 'utf8')) as Emitted))
}
