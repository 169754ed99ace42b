import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { findImports } from './find-imports.ts'
import type { FindWorkspaceFile } from './workspaces.ts'

/** Which files of this repository a program is made of. */
export interface ImportGraph {
  /** The entry file and all it imports, directly or not, dependencies from elsewhere left out. */
  filesOf(entry: string): ReadonlySet<string>
  /** Reads a file again; says whether its text is another than before. */
  refresh(file: string): boolean
}

/** Reads imports as they are needed and remembers them until a file is refreshed. */
export function createImportGraph(findWorkspaceFile: FindWorkspaceFile): ImportGraph {
  const texts = new Map<string, string | undefined>()
  const imports = new Map<string, readonly string[]>()

  function importsOf(file: string): readonly string[] {
    const known = imports.get(file)
    if (known !== undefined) return known
    const text = readText(file)
    texts.set(file, text)
    const found = findImports(text ?? '').flatMap((specifier) => {
      const target = specifier.startsWith('.') ? resolve(dirname(file), specifier) : findWorkspaceFile(specifier)
      return target === undefined ? [] : [target]
    })
    imports.set(file, found)
    return found
  }

  return {
    filesOf(entry) {
      const reached = new Set([entry])
      for (const file of reached) for (const imported of importsOf(file)) reached.add(imported)
      return reached
    },
    refresh(file) {
      const before = texts.get(file)
      texts.set(file, readText(file))
      imports.delete(file)
      return texts.get(file) !== before
    },
  }
}

// A file that is being replaced is away for a moment; it counts as empty until it is back.
function readText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
