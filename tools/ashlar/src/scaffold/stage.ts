import { cp, mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { RefusedError } from '../command.ts'
import { isThere } from '../files/absent-as.ts'
import type { Changes } from './changes.ts'

interface Where {
  readonly root: string
  readonly aside: string
}

/** Throws `RefusedError` naming what would be written over. */
export async function requireAbsent(root: string, { added, packages }: Changes): Promise<void> {
  for (const path of [...packages, ...added.map((file) => file.path)]) await requireFree(join(root, path), `${path} is there already`)
}

/** Throws `RefusedError`, saying so, where there is something. */
export async function requireFree(path: string, said: string): Promise<void> {
  if (await isThere(path)) throw new RefusedError(`${said}: nothing was written`)
}

/** Lays out the changed files aside, each contract with all that belongs to it, so that it can be loaded there. */
export async function stage({ added, edited, contracts }: Changes, { root, aside }: Where): Promise<void> {
  for (const contract of contracts) {
    const home = join(root, 'contracts', contract)
    if (await isThere(home))
      await cp(home, join(aside, 'contracts', contract), { recursive: true, filter: (path) => !follows.has(basename(path)) })
  }
  for (const { path, text } of [...added, ...edited]) {
    await mkdir(dirname(join(aside, path)), { recursive: true })
    await writeFile(join(aside, path), text)
  }
}

const follows = new Set(['generated', 'pacts', 'node_modules'])
