import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AnyContract } from '@ashlar/contract'

const contractsFolder = fileURLToPath(new URL('../../../contracts/', import.meta.url))

/** Gives every contract of the repository, by name. */
export function allContracts(): Promise<AnyContract[]> {
  return contractsIn(contractsFolder)
}

/** Gives every contract below a folder of contracts, or of those whose folders are meant, by name. */
export async function contractsIn(folder: string, isMeant: (name: string) => boolean = () => true): Promise<AnyContract[]> {
  const names = (await readdir(folder)).filter(isMeant).toSorted()
  const found = await Promise.all(
    names.map((name) => import(pathToFileURL(join(folder, name, 'index.ts')).href) as Promise<Record<string, unknown>>),
  )
  return found.flatMap((exported) => Object.values(exported).filter(isContract))
}

/** Tells a contract from whatever else a module may export. */
export function isContract(value: unknown): value is AnyContract {
  return typeof value === 'object' && value !== null && 'operations' in value && 'events' in value && 'id' in value
}
