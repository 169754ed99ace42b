import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnyContract } from '@ashlar/contract'
import { artefacts, CastBrokenError, requireCasts, type ContractLock } from '@ashlar/contract-artifacts'
import { RefusedError } from '../command.ts'
import { absentAs } from '../files/absent-as.ts'

/** Gives every file that follows from a contract, with paths from the root of the repository. The lock that is there is the memory of earlier field numbers. */
export async function followContract(contract: AnyContract, root: string): Promise<{ path: string; text: string }[]> {
  refuseBrokenCasts(contract)
  const folder = generatedFolder(contract)
  const previousLock = await lockIn(join(root, folder, 'contract.lock.json'))
  return artefacts.flatMap((artefact) => artefact(contract, previousLock)).map(({ path, text }) => ({ path: `${folder}/${path}`, text }))
}

function refuseBrokenCasts(contract: AnyContract): void {
  try {
    requireCasts(contract)
  } catch (cause) {
    if (!(cause instanceof CastBrokenError)) throw cause
    throw new RefusedError(cause.message, { cause })
  }
}

// A later version keeps its own files below those of the first.
function generatedFolder({ name, version }: Pick<AnyContract, 'name' | 'version'>): string {
  return `contracts/${name}/generated${version === 1 ? '' : `/v${version}`}`
}

async function lockIn(path: string): Promise<ContractLock | undefined> {
  const text = await absentAs(undefined, readFile(path, 'utf8'))
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as ContractLock
  } catch (cause) {
    throw new RefusedError(`${path} is no JSON, as after a merge: take the main branch's, then emit again`, { cause })
  }
}
