import { mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { absentAs, isThere } from '../files/absent-as.ts'
import type { Link } from './links-of.ts'

interface Ready {
  /** In this order; what a folder holds that is not there yet comes with the first of it. */
  readonly files: readonly string[]
  readonly links: readonly Link[]
}

/**
 * Moves what lies aside to its place. What cannot be moved throws, and everything is as before; what could not be put back is told
 * of in an `AggregateError`, after everything else was.
 */
export async function put({ files, links }: Ready, { root, aside }: { root: string; aside: string }): Promise<void> {
  const undo: (() => Promise<void>)[] = []
  try {
    for (const { path, target } of links) undo.push(await link(join(root, path), target))
    for (const file of files) {
      const top = await firstMissing(root, file)
      // came with its folder
      if (!(await isThere(join(aside, file)))) continue
      undo.push(await move(join(aside, top), join(root, top)))
    }
  } catch (error) {
    const failures: unknown[] = []
    for (const step of undo.toReversed()) await step().catch((failure: unknown) => failures.push(failure))
    if (failures.length > 0) throw new AggregateError([error, ...failures], 'not everything could be put back as it was', { cause: error })
    throw error
  }
}

/** Gives the topmost folder of a path that is not there, or the path itself. */
async function firstMissing(root: string, path: string): Promise<string> {
  const parts = path.split('/')
  for (let length = 1; length < parts.length; length += 1) {
    const above = parts.slice(0, length).join('/')
    if (!(await isThere(join(root, above)))) return above
  }
  return path
}

async function move(from: string, to: string): Promise<() => Promise<void>> {
  const before = await absentAs(undefined, readFile(to))
  await rename(from, to)
  return () => (before === undefined ? rm(to, { recursive: true, force: true }) : writeFile(to, before))
}

async function link(path: string, target: string): Promise<() => Promise<void>> {
  await mkdir(dirname(path), { recursive: true })
  // left over from a package that is gone
  await rm(path, { force: true })
  await symlink(target, path)
  return () => rm(path, { force: true })
}
