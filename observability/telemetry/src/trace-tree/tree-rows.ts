import type { TraceBranch } from './grow-tree.ts'

/** A branch and the lines that join it to the branch above. */
export interface TreeRow {
  readonly branch: TraceBranch
  readonly indent: string
}

/** The strokes a tree is drawn with, all equally wide. */
export interface Strokes {
  readonly fork: string
  readonly last: string
  readonly passing: string
  readonly nothing: string
}

// Fifty levels. What lies deeper is drawn there too: no screen is wider.
const widestIndent = 150

/** Gives every branch of a tree, from the top down, with what is drawn before it. */
export function treeRows(root: TraceBranch, { fork, last, passing, nothing }: Strokes): TreeRow[] {
  const rows: TreeRow[] = []
  const ahead: (TreeRow & { readonly below: string })[] = [{ branch: root, indent: '', below: '' }]
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { branch, indent, below } = next
    rows.push({ branch, indent })
    for (const [fromEnd, child] of branch.children.toReversed().entries())
      ahead.push({
        branch: child,
        indent: below + (fromEnd === 0 ? last : fork),
        below: (below + (fromEnd === 0 ? nothing : passing)).slice(-widestIndent),
      })
  }
  return rows
}
