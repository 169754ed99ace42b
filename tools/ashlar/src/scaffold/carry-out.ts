import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { counted } from '../terminal/counted.ts'
import type { Changes } from './changes.ts'
import { formatIn } from './format-in.ts'
import { followingIn } from './following-in.ts'
import { linksOf } from './links-of.ts'
import { put } from './put.ts'
import { requireAbsent, stage } from './stage.ts'

/**
 * Makes changes to a checkout, all or none: everything is written, formatted and emitted in a folder aside, and only moved to its
 * place when nothing can be wrong with it any more. Throws `RefusedError` for what is there already, or what the contracts refuse.
 */
export async function carryOut(changes: Changes, { root, print }: { root: string; print: (line: string) => void }): Promise<void> {
  await requireAbsent(root, changes)
  await mkdir(join(root, '.ashlar'), { recursive: true })
  const aside = await mkdtemp(join(root, '.ashlar', 'new-'))
  try {
    await stage(changes, { root, aside })
    await formatIn(aside, { root, files: [...changes.added, ...changes.edited].map(({ path }) => path) })
    const following = await followingIn(aside, { root, contracts: changes.contracts })
    const links = await linksOf(changes.packages, { root, aside })
    // what is new first; what makes a running shop look at it last
    const files = [...changes.added, ...following, ...changes.edited].map(({ path }) => path)
    await put({ files, links }, { root, aside })
    say(changes, { following: following.length, print })
  } finally {
    await rm(aside, { recursive: true, force: true })
  }
}

function say({ added, edited }: Changes, { following, print }: { following: number; print: (line: string) => void }): void {
  for (const { path } of added) print(`wrote   ${path}`)
  for (const { path } of edited) print(`changed ${path}`)
  if (following > 0)
    print(`and ${counted(following, 'file')} below generated/ and observability/grafana/dashboards, which follow from the contracts`)
}
