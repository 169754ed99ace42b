import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { repositoryRoot } from '../generated/write-or-check.ts'

const run = promisify(execFile)

/** A checkout of its own, with nothing in it yet, whose contracts find the platform of this one. Gone when disposed of. */
export interface GitCheckout extends AsyncDisposable {
  readonly root: string
  git(...args: string[]): Promise<string>
  /** Moves it to another place, where modules are loaded anew. */
  move(): Promise<void>
  write(path: string, text: string): Promise<void>
  /** Commits everything; gives the commit. */
  commit(message: string): Promise<string>
}

/** Makes an empty checkout on the branch `main`, or clones one with `git clone`'s arguments. */
export async function gitCheckout(clone?: readonly string[]): Promise<GitCheckout> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-git-'))
  let moves = 0
  let root = join(folder, 'shop')
  const git = async (...args: string[]): Promise<string> => {
    // nothing of whoever runs this shall matter
    const env = { PATH: process.env['PATH'], HOME: folder, GIT_CONFIG_NOSYSTEM: '1', LC_ALL: 'C' }
    const who = [
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.com',
      '-c',
      'commit.gpgsign=false',
      '-c',
      'protocol.file.allow=always',
    ]
    const { stdout } = await run('git', [...who, ...args], { cwd: root, env })
    return stdout.trim()
  }
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(root, path)), { recursive: true })
    await writeFile(join(root, path), text)
  }
  await mkdir(root)
  await (clone === undefined ? git('init', '--quiet', '--initial-branch=main') : git('clone', '--quiet', ...clone, '.'))
  await mkdir(join(root, 'node_modules', '@ashlar'), { recursive: true })
  await symlink(join(repositoryRoot, 'platform', 'contract'), join(root, 'node_modules', '@ashlar', 'contract'))
  await writeFile(join(root, '.git', 'info', 'exclude'), 'node_modules/\n.ashlar/\n')
  return {
    get root() {
      return root
    },
    git,
    async move() {
      moves += 1
      const next = join(folder, `shop${moves}`)
      await rename(root, next)
      root = next
    },
    write,
    async commit(message) {
      await git('add', '--all')
      await git('commit', '--quiet', '--allow-empty', '--message', message)
      return git('rev-parse', 'HEAD')
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
