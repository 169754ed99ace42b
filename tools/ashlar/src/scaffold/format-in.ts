import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Formats files below a folder as `npm run format` would where they are meant to lie. */
export async function formatIn(aside: string, { root, files }: { root: string; files: readonly string[] }): Promise<void> {
  const formatted = files.filter((file) => file !== 'package-lock.json' && /\.(?:ts|json|md|yaml)$/.test(file))
  // a file that is named is formatted, though everything aside is ignored
  await run(join(root, 'node_modules', '.bin', 'oxfmt'), ['--config', join(root, '.oxfmtrc.json'), '--write', ...formatted], { cwd: aside })
}
