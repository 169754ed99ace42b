import { partText, sentenceOf } from '../findings/part-text.ts'
import { pathText } from '../schemas/difference.ts'
import { passes, summaryOf, type Report } from './report.ts'

/** Writes a report for programs. */
export function jsonReport(report: Report): string {
  const { base, notes, findings, problems } = report
  const listed = findings.map((finding) => ({
    contract: finding.contract,
    finding: finding.id,
    level: finding.level,
    part: partText(finding.place),
    path: pathText(finding.path),
    sentence: sentenceOf(finding),
    readers: finding.readers,
    ...(finding.refusal === undefined ? {} : { refusedBy: finding.refusal.refusedBy }),
    ...(finding.witness === undefined ? {} : { witness: finding.witness }),
    ...(finding.carried === undefined ? {} : { carried: finding.carried }),
    ...(finding.waiver === undefined ? {} : { waiver: finding.waiver }),
  }))
  const whole = { base, notes, passes: passes(report), summary: summaryOf(report), findings: listed, problems }
  return `${JSON.stringify(whole, undefined, 2)}\n`
}
