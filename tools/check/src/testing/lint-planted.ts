import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checks } from '../checks.ts'
import { runCheck } from '../run-check.ts'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** What the lint check says of planted files: whether it passes, and its advice for each file it complains of. */
export interface Verdict {
  readonly passed: boolean
  readonly advice: ReadonlyMap<string, readonly string[]>
}

interface Report {
  readonly diagnostics: readonly { readonly filename: string; readonly message: string; readonly help?: string }[]
}

/**
 * Runs the repository's own lint check, with its own rules, on files that hold one import each. They live in a folder of
 * their own, which is removed afterwards.
 */
export async function lintPlanted(plants: readonly { file: string; imports: string }[]): Promise<Verdict> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-layers-'))
  try {
    for (const file of ['.oxlintrc.json', 'tsconfig.json']) await cp(join(root, file), join(folder, file))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
    for (const { file, imports } of plants) {
      await mkdir(dirname(join(folder, file)), { recursive: true })
      await writeFile(join(folder, file), `import * as planted from '${imports}'\nexport const all = [planted]\n`)
    }
    const lint = checks.find(({ command }) => command[0] === 'oxlint')
    if (lint === undefined) throw new Error('no check runs oxlint any more')
    const { passed, output } = await runCheck({ ...lint, command: [...lint.command, '--format', 'json'] }, folder)
    return { passed, advice: adviceIn(output) }
  } finally {
    await rm(folder, { recursive: true })
  }
}

function adviceIn(output: string): Verdict['advice'] {
  const { diagnostics } = JSON.parse(output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1)) as Report
  const byFile = Map.groupBy(diagnostics, ({ filename }) => filename.replaceAll('\\', '/'))
  return new Map([...byFile].map(([file, found]) => [file, found.map(({ message, help = '' }) => `${message} ${help}`)]))
}
