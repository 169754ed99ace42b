import type { File } from '../changes.ts'
import { addImport } from './add-import.ts'
import { addToList } from './add-to-list.ts'
import { sortedByName } from './package-lock.ts'

/** Lets the gateway know a contract. */
export function withContract(contracts: File, name: string): File {
  const text = addImport(contracts, { name, from: `@contracts/${name}` })
  const list = /\bcontracts: readonly AnyContract\[\] = \[([^\]]*)\]/
  return { ...contracts, text: addToList({ ...contracts, text }, { list, name }) }
}

/** Adds a package of this repository to what another depends on. */
export function withDependency(packageFile: File, name: string): File {
  const content = JSON.parse(packageFile.text) as { dependencies?: Record<string, string> }
  const dependencies = sortedByName({ ...content.dependencies, [name]: '*' })
  return { ...packageFile, text: `${JSON.stringify({ ...content, dependencies }, undefined, 2)}\n` }
}
