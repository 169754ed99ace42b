import { readFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'

/** A link in `node_modules` to a package of the repository. */
export interface Link {
  /** Where it is, from the root. */
  readonly path: string
  /** What it says. */
  readonly target: string
}

/** Gives the links that `npm install` would make for packages that lie aside. */
export async function linksOf(packages: readonly string[], { root, aside }: { root: string; aside: string }): Promise<Link[]> {
  return Promise.all(
    packages.map(async (folder) => {
      const { name } = JSON.parse(await readFile(join(aside, folder, 'package.json'), 'utf8')) as { name: string }
      const path = `node_modules/${name}`
      return { path, target: relative(dirname(join(root, path)), join(root, folder)) }
    }),
  )
}
