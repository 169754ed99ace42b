import { partText, sentenceOf } from '../findings/part-text.ts'
import { passes, summaryOf, type Report, type ReportedFinding } from './report.ts'
import { witnessText } from './witness-text.ts'

/** Writes a report for a person at a terminal, line by line. */
export function textReport(report: Report): string[] {
  const { findings, problems, notes } = report
  const width = Math.max(0, ...findings.map(({ contract }) => contractText(contract).length))
  return [
    ...notes,
    ...findings.flatMap((finding) => linesOf(finding, { report, width })),
    ...problems.map((problem) => `WAIVER   ${problem}`),
    `${summaryOf(report)}${passes(report) ? '' : ': refused'}`,
  ]
}

function linesOf(finding: ReportedFinding, { report, width }: { report: Report; width: number }): string[] {
  const { contract, level, waiver, place } = finding
  const verdict = waiver === undefined ? (level === 'breaking' ? 'BREAKING' : level) : 'waived'
  const head = `${contractText(contract).padEnd(width)}   ${verdict.padEnd(8)}   ${partText(place)} · ${sentenceOf(finding)}`
  if (level !== 'breaking') return [head]
  const witness = witnessText(finding, report)
  const details: [string, string][] = [
    ['who reads it', readersText(finding)],
    ...(witness === undefined ? [] : [['witness', witness] satisfies [string, string]]),
    waiver === undefined ? ['ways out', waysOut(finding).join(' · ')] : ['waived', `until ${waiver.expires}: ${waiver.reason}`],
  ]
  return [head, ...details.map(([name, text]) => `   ${name.padEnd(12)}   ${text}`)]
}

/** Names those a finding concerns, with what their pacts call it. */
export function readersText({ readers, aspect }: ReportedFinding): string {
  if (aspect.startsWith('protobuf ')) return 'whoever has code made from the .proto: pacts do not tell of them'
  if (readers.length === 0) return 'no known reader'
  return readers.map(({ consumer, interactions }) => `${consumer} (pact: ${interactions.map((one) => `"${one}"`).join(', ')})`).join(' · ')
}

/** What one can do about a break. */
export function waysOut({ contract, id, readers, aspect, path }: ReportedFinding): string[] {
  const [name = contract, version = 'v1'] = contract.split('.')
  const waive = `npm run ashlar -- contracts waive ${contract} --finding '${id}' --reason '…' --expires <day>`
  const who =
    readers.length === 0
      ? 'nobody can be relying on it'
      : `${readers.map(({ consumer }) => consumer).join(' and ')} ${readers.length === 1 ? 'stops' : 'stop'} relying on it`
  // numbers are given by the lock, which remembers what was given
  if (aspect === 'protobuf number' || aspect.startsWith('protobuf unreserved'))
    return [`take ${name}'s contract.lock.json as it was, and emit again`, waive]
  const keep = aspect === 'removed' ? 'keep it until' : path.length > 0 ? 'leave it as it was until' : 'leave that until'
  return [`${keep} ${who}`, `serve ${name}.v${Number(version.slice(1)) + 1} beside ${version}`, waive]
}

function contractText(contract: string): string {
  return contract.replace('.', ' ')
}
