import { copyFile, mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const contracts = fileURLToPath(new URL('../../contracts/', import.meta.url))

/** A committed file that follows from a contract. */
export interface GeneratedFile {
  readonly contract: string
  readonly path: string
  /** A name that is an identifier in every language: `orders_openapi_rest`, of a later major `orders_v2_openapi_rest`. */
  readonly module: string
}

/** Gives the names of all contracts. */
export async function contractNames(): Promise<string[]> {
  return (await readdir(contracts)).toSorted()
}

/** Gives the committed files of this kind, of every major of every contract that has them, by the name of the contract. */
export async function generatedFiles(isMeant: (file: string) => boolean): Promise<GeneratedFile[]> {
  const found: GeneratedFile[] = []
  for (const contract of await contractNames()) {
    const folder = join(contracts, contract, 'generated')
    const files = (await readdir(folder, { recursive: true })).toSorted().filter((file) => isMeant(basename(file)))
    for (const file of files) {
      const module = `${contract}_${file.replace(/\.\w+$/, '').replaceAll(/\W/g, '_')}`
      found.push({ contract, path: join(folder, file), module })
    }
  }
  return found
}

/** Puts every `.proto` into a folder under the path that its package asks for. Gives their paths below it. */
export async function protosInPlace(folder: string): Promise<string[]> {
  const files = await generatedFiles((file) => file.endsWith('.proto'))
  return await Promise.all(
    files.map(async ({ contract, path }) => {
      const [, version = ''] = /^package \w+\.(v\d+);$/m.exec(await readFile(path, 'utf8')) ?? []
      await mkdir(join(folder, contract, version), { recursive: true })
      await copyFile(path, join(folder, contract, version, `${contract}.proto`))
      return `${contract}/${version}/${contract}.proto`
    }),
  )
}
