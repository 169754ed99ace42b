import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Gives the file of this repository that an import of one of its own packages means; `undefined` for packages from elsewhere. */
export type FindWorkspaceFile = (specifier: string) => string | undefined

interface PackageFile {
  readonly name?: string
  readonly workspaces?: readonly string[]
  readonly exports?: Readonly<Record<string, unknown>>
}

/** Reads which packages a repository holds and what they export. */
export function readWorkspaces(root: string): FindWorkspaceFile {
  const files = new Map<string, string>()
  for (const folder of workspaceFolders(root)) {
    const { name, exports = {} } = readPackage(folder)
    for (const [entry, target] of Object.entries(exports)) {
      if (name !== undefined && typeof target === 'string')
        files.set(entry === '.' ? name : `${name}/${entry.slice(2)}`, join(folder, target))
    }
  }
  return (specifier) => files.get(specifier)
}

function workspaceFolders(root: string): string[] {
  const { workspaces = [] } = readPackage(root)
  const folders = workspaces.flatMap((pattern) => {
    if (!pattern.endsWith('/*')) return [join(root, pattern)]
    const parent = join(root, pattern.slice(0, -2))
    return existsSync(parent) ? readdirSync(parent).map((name) => join(parent, name)) : []
  })
  return folders.filter((folder) => existsSync(join(folder, 'package.json')))
}

function readPackage(folder: string): PackageFile {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile
}
