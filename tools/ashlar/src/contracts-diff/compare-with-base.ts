import { join } from 'node:path'
import type { AnyContract } from '@ashlar/contract'
import {
  applyWaivers,
  findingsOf,
  loadedBesideLock,
  loadedVersion,
  lockedVersion,
  protobufOf,
  type ContractLock,
  type ContractVersion,
  type Report,
} from '@ashlar/contract-artifacts'
import { RefusedError } from '../command.ts'
import { chooseBase, type Wish } from './choose-base.ts'
import { inOneLine } from '../terminal/in-one-line.ts'
import { contractFolders, contractsOf, type ContractFolder } from './contracts-at.ts'
import { conversationsBelow, waiversBelow } from './files-of-contracts.ts'

/** Compares the contracts of the working tree with those of the base, and says what changed and whom it concerns. `today` is a day, as `2026-11-21`. */
export async function compareWithBase(root: string, { wish, today }: { wish: Wish | undefined; today: string }): Promise<Report> {
  const base = await chooseBase(root, wish)
  if (base.kind === 'none') return { base: 'nothing', notes: [base.note], findings: [], problems: [] }

  const now = join(root, 'contracts')
  const then = await contractsOf(base.commit, root)
  const [before, after] = [await contractFolders(then), await contractFolders(now)]
  // who is deployed reads what the base's pacts show, whoever changed along reads what today's do
  const conversations = [...(await conversationsBelow(then)), ...(await conversationsBelow(now))]
  const once = [...new Map(conversations.map((one) => [`${one.consumer} ${one.about} ${one.description}`, one])).values()]
  const findings = findingsOf(versionsOf(before, after), once)
  const waived = applyWaivers(findings, { waivers: await waiversBelow(now), atBase: await waiversBelow(then), today })
  const locked = before.flatMap((folder) =>
    folder.kind === 'locked' ? [`${folder.name} of ${base.short} does not load, so its lock is compared: ${folder.why}`] : [],
  )
  return { base: base.short, notes: [base.note, ...locked], ...waived }
}

/** The protobuf that `contracts emit` writes of a contract. Throws `RefusedError` where the lock gives no numbers for it. */
function protobufNow(contract: AnyContract, locks: readonly ContractLock[]): ContractVersion['protobuf'] {
  try {
    return protobufOf(
      contract,
      locks.find((lock) => idOf(lock) === contract.id),
    )
  } catch (cause) {
    throw new RefusedError(`contracts/${contract.name} cannot be written as protobuf: ${inOneLine(cause)}`, { cause })
  }
}

function idOf({ name, version }: Pick<ContractLock, 'name' | 'version'>): string {
  return `${name}.v${version}`
}

function versionsOf(
  before: readonly ContractFolder[],
  after: readonly ContractFolder[],
): { before: ContractVersion[]; after: ContractVersion[] } {
  const onlyLocked = new Set(before.flatMap(({ kind, name }) => (kind === 'locked' ? [name] : [])))
  return {
    before: before.flatMap((folder) => {
      const versions = folder.kind === 'loaded' ? folder.contracts.map(loadedVersion) : folder.locks.map(lockedVersion)
      // as it was written then, whatever would be written of it today
      return versions.map((version) => ({ ...version, protobuf: folder.protobuf.find((file) => file.package === idOf(version.snapshot)) }))
    }),
    after: after.flatMap((folder) => {
      if (folder.kind === 'locked') throw new RefusedError(`contracts/${folder.name} does not load: ${folder.why}`)
      const version = onlyLocked.has(folder.name) ? loadedBesideLock : loadedVersion
      return folder.contracts.map((contract) => ({ ...version(contract), protobuf: protobufNow(contract, folder.locks) }))
    }),
  }
}
