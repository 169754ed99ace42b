import type { File } from '../changes.ts'

interface Lock {
  readonly packages: Readonly<Record<string, object>>
}

interface PackageFile {
  readonly name: string
  readonly version: string
  readonly license: string
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
}

/** Orders an object as npm does. */
export function sortedByName<Value>(entries: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(entries).toSorted(([one], [other]) => one.localeCompare(other, 'en')))
}

/**
 * Writes packages of this repository, by their `package.json` files, into the lock file as `npm install` would: they depend
 * on nothing that is not installed, so that nobody has to be asked.
 */
export function withPackages(lock: File, packageFiles: readonly File[]): File {
  const content = JSON.parse(lock.text) as Lock
  const packages = sortedByName({ ...content.packages, ...Object.fromEntries(packageFiles.flatMap(entriesOf)) })
  return { ...lock, text: `${JSON.stringify({ ...content, packages }, undefined, 2)}\n` }
}

function entriesOf({ path, text }: File): [string, object][] {
  const folder = path.slice(0, path.lastIndexOf('/'))
  const { name, version, license, dependencies, devDependencies } = JSON.parse(text) as PackageFile
  // npm names a package only where its folder is called otherwise; what is not there it leaves out, as JSON does
  const entry = { name: folder.split('/').at(-1) === name ? undefined : name, version, license, dependencies, devDependencies }
  return [
    [folder, entry],
    [`node_modules/${name}`, { resolved: folder, link: true }],
  ]
}
