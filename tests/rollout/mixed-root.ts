import { mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { repository } from '../harness/shop.ts'

/** A repository whose services come from two commits, to be run as one. */
export interface MixedRoot extends AsyncDisposable {
  readonly root: string
  /** The services and processes of the base. */
  readonly ofBase: readonly string[]
  readonly ofThis: readonly string[]
}

/** Puts a repository together of links: the processes named come from the base, all others from this commit. Each brings its own platform and contracts. */
export async function mixedRoot(base: string, isOfBase: (process: string) => boolean): Promise<MixedRoot> {
  const root = await mkdtemp(join(tmpdir(), 'ashlar-mixed-'))
  await mkdir(join(root, 'services'))
  const processes = ['gateway', ...(await readdir(join(repository, 'services')))]
  // a service that is new has nobody of the base to stand in for it
  const known = new Set(['gateway', ...(await readdir(join(base, 'services')))])
  const ofBase = processes.filter((name) => known.has(name) && isOfBase(name))
  for (const name of processes) {
    const place = name === 'gateway' ? name : join('services', name)
    await symlink(join(ofBase.includes(name) ? base : repository, place), join(root, place))
  }
  // what node compiled for one such repository is there for the next
  const compiled = join(base, '..', 'compiled')
  await mkdir(compiled, { recursive: true })
  await symlink(compiled, join(root, 'node_modules'))
  for (const shared of ['tools', 'package.json']) await symlink(join(repository, shared), join(root, shared))
  return {
    root,
    ofBase,
    ofThis: processes.filter((name) => !ofBase.includes(name)),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  }
}
