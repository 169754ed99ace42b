import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join, sep } from 'node:path'
import { RefusedError } from '../command.ts'
import { absentAs } from '../files/absent-as.ts'

/** Files that follow from something else in the repository. Paths are relative to its root, with `/`. */
export interface Generated {
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** Folders that hold nothing else: what is in them and not listed above is there no more. */
  readonly folders: readonly string[]
}

/** Where this checkout begins. */
export const repositoryRoot = join(import.meta.dirname, '../../../..')

interface Emission {
  readonly root: string
  /** `check` changes nothing and throws `RefusedError`, naming every file that is not as it would be written. */
  readonly mode: 'write' | 'check'
  /** What mends a drift. */
  readonly command: string
  readonly print: (line: string) => void
}

/** Writes what is not as it should be and removes what nothing emits any more, or says so; prints each. */
export async function writeOrCheck({ files, folders }: Generated, { root, mode, command, print }: Emission): Promise<void> {
  const present = (await Promise.all(folders.map((folder) => filesBelow(root, folder)))).flat()
  const wanted = new Set(files.map(({ path }) => path))
  const left = present.filter((path) => !wanted.has(path)).toSorted()
  const drifted = await filesNotAsWritten(files, root)
  const same = files.length - drifted.length

  if (mode === 'check') {
    const complaints = [
      ...drifted.map(({ path }) => `${path} is not up to date`),
      ...left.map((path) => `${path} is emitted by nothing any more`),
    ]
    if (complaints.length > 0) throw new RefusedError([...complaints, `to mend: ${command}`].join('\n'))
  } else {
    for (const { path, text } of drifted) {
      await mkdir(dirname(join(root, path)), { recursive: true })
      await writeFile(join(root, path), text)
      print(`wrote ${path}`)
    }
    for (const path of left) {
      await rm(join(root, path))
      print(`removed ${path}`)
    }
  }
  if (same > 0) print(`${same} ${same === 1 ? 'file is' : 'files are'} up to date`)
}

async function filesNotAsWritten(files: Generated['files'], root: string): Promise<Generated['files']> {
  const committed = await Promise.all(files.map(({ path }) => absentAs(undefined, readFile(join(root, path), 'utf8'))))
  return files.filter(({ text }, at) => committed[at] !== text)
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await absentAs([], readdir(join(root, folder), { recursive: true, withFileTypes: true }))
  const found = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return found.map((path) => path.slice(join(root, '/').length).replaceAll(sep, '/'))
}
