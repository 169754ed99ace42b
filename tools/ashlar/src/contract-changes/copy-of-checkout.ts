import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { absentAs } from '../files/absent-as.ts'

const run = promisify(execFile)

/** A copy of the working tree, committed as the only commit of its branch `main`, to change things in. Gone when disposed of. */
export interface CopyOfCheckout extends AsyncDisposable {
  readonly root: string
  /** Short name of the one commit. */
  readonly commit: string
  /** Replaces text in a file. Throws `RangeError` when it is not there exactly once. */
  replace(path: string, text: string, by: string): Promise<void>
  write(path: string, text: string): Promise<void>
  /** Runs a program there; gives what it printed and its exit code. What failed said it on standard error as well. */
  run(program: string, ...args: string[]): Promise<{ code: number; said: string }>
}

/** Copies what git knows or would take of a checkout. Packages of the workspace are the copy's own, all others are those of the checkout. */
export async function copyOfCheckout(checkout: string): Promise<CopyOfCheckout> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-copy-'))
  const root = join(folder, 'ashlar')
  const runIn: CopyOfCheckout['run'] = async (program, ...args) => {
    const env = { ...process.env, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ASHLAR_BASE: '', NO_COLOR: '1' }
    try {
      const { stdout } = await run(program, args, { cwd: root, env, maxBuffer: 64 * 1024 * 1024 })
      return { code: 0, said: stdout }
    } catch (error) {
      if (error instanceof Error && 'code' in error && typeof error.code === 'number' && 'stdout' in error && 'stderr' in error)
        return { code: error.code, said: `${String(error.stdout)}${String(error.stderr)}` }
      throw error
    }
  }
  await copyFiles(checkout, root)
  await linkPackages(join(checkout, 'node_modules'), join(root, 'node_modules'))
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false']
  for (const args of [
    ['init', '--quiet', '--initial-branch=main'],
    ['add', '--all'],
    [...who, 'commit', '--quiet', '--message', 'as it is'],
  ]) {
    const { code, said } = await runIn('git', ...args)
    if (code !== 0) throw new Error(`git ${args.join(' ')} failed in the copy: ${said}`)
  }
  return {
    root,
    commit: (await runIn('git', 'rev-parse', '--short', 'HEAD')).said.trim(),
    async replace(path, text, by) {
      const file = join(root, path)
      const [before, after, more] = (await readFile(file, 'utf8')).split(text)
      if (before === undefined || after === undefined || more !== undefined) throw new RangeError(`"${text}" is not once in ${path}`)
      await writeFile(file, `${before}${by}${after}`)
    },
    write: (path, text) => writeFile(join(root, path), text),
    run: runIn,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}

async function copyFiles(from: string, to: string): Promise<void> {
  const { stdout } = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: from,
    maxBuffer: 64 * 1024 * 1024,
  })
  const files = stdout.split('\0').filter((file) => file !== '')
  for (const folder of new Set(files.map((file) => dirname(join(to, file))))) await mkdir(folder, { recursive: true })
  // a file that git knows and somebody has just removed is not there
  await Promise.all(files.map((file) => absentAs(undefined, cp(join(from, file), join(to, file), { verbatimSymlinks: true }))))
}

/** Links installed packages into another checkout: those of the workspace are that one's own, wherever it is. */
export async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isSymbolicLink()) await symlink(await readlink(source), target)
    else if (entry.name.startsWith('@') && (await holdsLinks(source))) await linkPackages(source, target)
    else await symlink(source, target)
  }
}

async function holdsLinks(folder: string): Promise<boolean> {
  return (await readdir(folder, { withFileTypes: true })).some((entry) => entry.isSymbolicLink())
}
