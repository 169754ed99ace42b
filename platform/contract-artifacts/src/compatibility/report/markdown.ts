import { partText, sentenceOf } from '../findings/part-text.ts'
import { isUnwaived, passes, summaryOf, type Report, type ReportedFinding } from './report.ts'
import { readersText, waysOut } from './text.ts'
import { witnessText } from './witness-text.ts'

/** Writes a report to be read in a pull request. */
export function markdownReport(report: Report): string {
  const { findings, problems, notes } = report
  const broken = findings.filter(({ level }) => level === 'breaking')
  const others = findings.filter(({ level }) => level !== 'breaking')
  return [
    `## Contracts: ${summaryOf(report)}${passes(report) ? '' : ', refused'}`,
    '',
    ...notes.flatMap((note) => [plain(note), '']),
    ...problems.flatMap((problem) => [`- **waiver** ${plain(problem)}`]),
    ...(problems.length > 0 ? [''] : []),
    ...broken.flatMap((finding) => section(finding, report)),
    ...(others.length > 0 ? ['| contract | level | part | change |', '| --- | --- | --- | --- |'] : []),
    ...others.map(
      (finding) => `| ${finding.contract} | ${finding.level} | ${cell(partText(finding.place))} | ${cell(sentenceOf(finding))} |`,
    ),
    ...(others.length > 0 ? [''] : []),
  ].join('\n')
}

function section(finding: ReportedFinding, report: Report): string[] {
  const witness = witnessText(finding, report)
  const { waiver } = finding
  return [
    `### ${isUnwaived(finding) ? 'Breaking' : 'Waived'}: ${finding.contract} ${partText(finding.place)}`,
    '',
    `${plain(sentenceOf(finding))}.`,
    '',
    `- **Who reads it**: ${plain(readersText(finding))}`,
    ...(witness === undefined ? [] : [`- **Witness**: ${code(witness)}`]),
    ...(waiver === undefined
      ? waysOut(finding).map((way) => `- **Way out**: ${plain(way)}`)
      : [`- **Waived until ${waiver.expires}**: ${plain(waiver.reason)}`]),
    '',
  ]
}

function code(text: string): string {
  const fence = text.includes('`') ? '``' : '`'
  return `${fence}${text}${fence}`
}

function plain(text: string): string {
  return text.replaceAll(/[<>*_|`[\]\\]/g, String.raw`\$&`)
}

function cell(text: string): string {
  return plain(text.replaceAll('\n', ' '))
}
