import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { ContractRefusedError, type AnyContract } from '@ashlar/contract'
import { contractsIn } from '../all-contracts.ts'
import { RefusedError } from '../command.ts'
import { absentAs } from '../files/absent-as.ts'
import { drawnDashboards } from '../generated/drawn-dashboards.ts'
import { followContracts } from '../generated/follow-contracts.ts'
import type { File } from './changes.ts'

interface Where {
  readonly root: string
  /** The contracts that lie aside; all others are those of the checkout. */
  readonly contracts: readonly string[]
}

/** Writes aside what follows from the contracts once these are in their place, and gives the files that will be other than now. */
export async function followingIn(aside: string, { root, contracts }: Where): Promise<File[]> {
  if (contracts.length === 0) return []
  const kept = await contractsIn(join(root, 'contracts'), (name) => !contracts.includes(name))
  const all = [...kept, ...(await loaded(join(aside, 'contracts')))].toSorted((one, other) => (one.name < other.name ? -1 : 1))
  const followed = [...(await followContracts(all, root)).files, ...(await drawnDashboards(all)).files]
  const changed: File[] = []
  for (const file of followed) {
    if ((await absentAs(undefined, readFile(join(root, file.path), 'utf8'))) === file.text) continue
    await mkdir(dirname(join(aside, file.path)), { recursive: true })
    await writeFile(join(aside, file.path), file.text)
    changed.push(file)
  }
  return changed
}

async function loaded(folder: string): Promise<AnyContract[]> {
  try {
    return await contractsIn(folder)
  } catch (cause) {
    if (!(cause instanceof ContractRefusedError)) throw cause
    throw new RefusedError(cause.message, { cause })
  }
}
