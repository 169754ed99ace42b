import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { RefusedError } from '../command.ts'

const run = promisify(execFile)

/** Asks git; gives what it printed, trimmed. Throws `RefusedError` with git's own words. */
export async function git(root: string, ...args: string[]): Promise<string> {
  try {
    const { stdout } = await run('git', args, { cwd: root, maxBuffer: 64 * 1024 * 1024 })
    return stdout.trim()
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause && typeof cause.stderr === 'string' ? cause.stderr.trim() : ''
    throw new RefusedError(`git ${args[0]} failed${said === '' ? '' : `: ${said.split('\n')[0]}`}`, { cause })
  }
}

/** Gives the commit a name means; `undefined` when it means none. */
export async function commitOf(root: string, name: string): Promise<string | undefined> {
  try {
    return await git(root, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`)
  } catch (error) {
    if (error instanceof RefusedError) return undefined
    throw error
  }
}
