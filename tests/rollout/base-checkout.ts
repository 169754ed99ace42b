import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { chooseBase } from '@tools/ashlar/base'
import { repository } from '../harness/shop.ts'
import { providePackages } from './provide-packages.ts'

const run = promisify(execFile)

/** The commit this one is held against, laid out beside it. */
export interface BaseCheckout extends AsyncDisposable {
  readonly root: string
  /** Which commit it is, and why. */
  readonly note: string
}

/**
 * Lays out the commit before this one (`ASHLAR_BASE`, else as `contracts diff` chooses) in a folder of its own. Packages of
 * the workspace are its own, all others are those installed here, unless it needs others. Gives why there is none where there is none.
 */
export async function baseCheckout(): Promise<BaseCheckout | { readonly missing: string }> {
  const base = await findBase()
  if ('missing' in base) return base
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-base-'))
  const root = join(folder, 'ashlar')
  await mkdir(root)
  const archive = join(folder, 'base.tar')
  await run('git', ['archive', '--format=tar', `--output=${archive}`, base.commit], { cwd: repository })
  await run('tar', ['-xf', archive], { cwd: root })
  await providePackages(root)
  return { root, note: base.note, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

async function findBase(): Promise<{ commit: string; note: string } | { missing: string }> {
  const ref = process.env['ASHLAR_BASE'] ?? ''
  try {
    const base = await chooseBase(repository, ref === '' ? undefined : { ref, from: 'ASHLAR_BASE' })
    return base.kind === 'none' ? { missing: base.note } : base
  } catch (error) {
    // whoever names a base wants that one; otherwise this may be no git checkout, or one without history
    if (ref !== '' || !(error instanceof Error && error.name === 'RefusedError')) throw error
    return { missing: error.message }
  }
}
