import { compareContracts } from './compare-contracts.ts'
import type { Change, Finding } from './finding.ts'
import type { ContractVersion } from './findings/contract-version.ts'
import { idOf } from './findings/part-text.ts'
import type { Conversation } from './readers/conversations.ts'
import { readersOf } from './readers/readers-of.ts'

/** Compares two sets of contracts and says of each change whom it concerns, by what the pacts show. Contract by contract, what breaks first. */
export function findingsOf(
  { before, after }: { before: readonly ContractVersion[]; after: readonly ContractVersion[] },
  conversations: readonly Conversation[],
): readonly Finding[] {
  const findings = compareContracts(before, after).map((change) => withReaders(change, conversations))
  const rank = { breaking: 0, minor: 1, patch: 2 }
  return findings.toSorted((a, b) => (a.contract < b.contract ? -1 : a.contract > b.contract ? 1 : rank[a.level] - rank[b.level]))
}

function withReaders(change: Change, conversations: readonly Conversation[]): Finding {
  const readers = readersOf(change, conversations)
  const finding = { ...change, id: idOf(change), readers }
  // whoever reads a field that may be missing takes its absence, yet relied on its coming
  const isMissed = change.level === 'minor' && change.aspect === 'removed' && change.place.part !== 'input' && change.path.length > 0
  return isMissed && readers.length > 0 ? { ...finding, level: 'breaking', said: `${change.said}, and it is read` } : finding
}
