import { readdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const contracts = fileURLToPath(new URL('../../contracts/', import.meta.url))

/** A committed file that follows from a contract. */
export interface GeneratedFile {
  readonly contract: string
  readonly path: string
  /** A name that is an identifier in every language: `orders_openapi_rest`. */
  readonly module: string
}

/** Gives the names of all contracts. */
export async function contractNames(): Promise<string[]> {
  return (await readdir(contracts)).toSorted()
}

/** Gives the committed files of this kind, of every contract that has them, by the name of the contract. */
export async function generatedFiles(isMeant: (file: string) => boolean): Promise<GeneratedFile[]> {
  const found: GeneratedFile[] = []
  for (const contract of await contractNames()) {
    const folder = join(contracts, contract, 'generated')
    for (const file of (await readdir(folder)).toSorted().filter(isMeant)) {
      const module = `${contract}_${basename(file, '.json').replaceAll(/\W/g, '_')}`
      found.push({ contract, path: join(folder, file), module })
    }
  }
  return found
}
