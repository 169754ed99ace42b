import { RefusedError } from '../command.ts'
import { commitOf, git } from './git.ts'

/** What to compare the working tree with. */
export type Base =
  | { readonly kind: 'commit'; readonly commit: string; readonly short: string; readonly note: string }
  /** There is no earlier commit at all, and nothing to break. */
  | { readonly kind: 'none'; readonly note: string }

/** What was asked for, by an option or by the environment. */
export interface Wish {
  readonly ref: string
  readonly from: '--against' | 'ASHLAR_BASE'
}

const mains = ['refs/remotes/origin/HEAD', 'refs/remotes/origin/main', 'refs/remotes/origin/master', 'refs/heads/main', 'refs/heads/master']

/**
 * Chooses the base: what is wished for, else where this branch left the main branch, else the commit before. Contracts are
 * never compared with themselves: where the base is the commit that is checked out and no contract was edited since, the
 * commit before takes its place. Throws `RefusedError` when the history is cut off before it can be found.
 */
export async function chooseBase(root: string, wish: Wish | undefined): Promise<Base> {
  const head = await commitOf(root, 'HEAD')
  if (head === undefined) throw new RefusedError('there is no commit to compare with: run this in a git checkout that has one')
  const chosen = await wishedOrMerged(root, { head, wish })
  if (chosen.commit !== head) return commitBase(root, chosen)
  // files that git does not know yet are edits too
  const edits = await git(root, 'status', '--porcelain', '--untracked-files=all', '--', 'contracts')
  if (edits !== '') return commitBase(root, { commit: head, note: `uncommitted contracts against ${chosen.note}` })
  return theCommitBefore(root, head)
}

interface Chosen {
  readonly commit: string
  readonly note: string
}

async function wishedOrMerged(root: string, { head, wish }: { head: string; wish: Wish | undefined }): Promise<Chosen> {
  if (wish !== undefined) {
    const commit = await commitOf(root, wish.ref)
    if (commit === undefined) throw new RefusedError(`${wish.from} names "${wish.ref}", which is no commit here: fetch it, or name another`)
    return { commit, note: `${wish.ref} (${wish.from})` }
  }
  for (const main of mains) {
    const commit = await commitOf(root, main)
    if (commit === undefined) continue
    const merged = await mergeBase(root, commit)
    if (merged !== undefined) return { commit: merged, note: `where this left ${main.replace(/^refs\/(heads|remotes)\//, '')}` }
  }
  return { commit: head, note: 'the commit that is checked out' }
}

async function mergeBase(root: string, main: string): Promise<string | undefined> {
  try {
    return await git(root, 'merge-base', main, 'HEAD')
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    if (await isCutOff(root)) throw cutOff(error)
    return undefined
  }
}

async function theCommitBefore(root: string, head: string): Promise<Base> {
  const before = await commitOf(root, 'HEAD~1')
  if (before !== undefined) return commitBase(root, { commit: before, note: 'the commit before, since no contract changed after the last' })
  if (await isCutOff(root)) throw cutOff()
  return { kind: 'none', note: `${head.slice(0, 7)} is the first commit there is: there is nothing earlier to break` }
}

async function commitBase(root: string, { commit, note }: Chosen): Promise<Base> {
  const short = await git(root, 'rev-parse', '--short', commit)
  return { kind: 'commit', commit, short, note: `against ${short}: ${note}` }
}

async function isCutOff(root: string): Promise<boolean> {
  return (await git(root, 'rev-parse', '--is-shallow-repository')) === 'true'
}

function cutOff(cause?: Error): RefusedError {
  return new RefusedError(
    'the history of this clone is cut off before the commit to compare with: git fetch --unshallow, or name a base that is here by --against or ASHLAR_BASE',
    { cause },
  )
}
