import { readdir } from 'node:fs/promises'
import type { AnyContract } from '@ashlar/contract'

const contractsFolder = new URL('../../../contracts/', import.meta.url)

/** Gives every contract of the repository, by name. */
export async function allContracts(): Promise<AnyContract[]> {
  const names = (await readdir(contractsFolder)).toSorted()
  const found = await Promise.all(
    names.map((name) => import(new URL(`${name}/index.ts`, contractsFolder).href) as Promise<Record<string, unknown>>),
  )
  return found.flatMap((exported) => Object.values(exported).filter(isContract))
}

function isContract(value: unknown): value is AnyContract {
  return typeof value === 'object' && value !== null && 'operations' in value && 'events' in value && 'id' in value
}
