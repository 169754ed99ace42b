import { partText, sentenceOf } from '../findings/part-text.ts'
import { isUnwaived, type Report, type ReportedFinding } from './report.ts'
import { readersText } from './text.ts'
import { witnessText } from './witness-text.ts'

/** Writes a report as JUnit XML: a change is a test case, a break without waiver a failure, and so is what is wrong with a waiver. */
export function junitReport(report: Report): string {
  const { findings, problems } = report
  const failures = findings.filter(isUnwaived).length + problems.length
  const cases = [
    ...findings.map((finding) => caseOf(finding, report)),
    ...problems.map(
      (problem) => `    <testcase classname="waivers" name=${quoted(problem)}><failure message=${quoted(problem)}/></testcase>`,
    ),
    ...(findings.length + problems.length === 0 ? ['    <testcase classname="contracts" name="no contract changed"/>'] : []),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites tests="${cases.length}" failures="${failures}">`,
    `  <testsuite name=${quoted(`contracts against ${report.base}`)} tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n')
}

function caseOf(finding: ReportedFinding, report: Report): string {
  const said = `${finding.level}: ${partText(finding.place)} · ${sentenceOf(finding)}`
  const open = `    <testcase classname=${quoted(finding.contract)} name=${quoted(said)}`
  if (!isUnwaived(finding)) return `${open}/>`
  const detail = [`who reads it: ${readersText(finding)}`, `witness: ${witnessText(finding, report) ?? 'needs none'}`].join('\n')
  return `${open}><failure message=${quoted(sentenceOf(finding))}>${escaped(detail)}</failure></testcase>`
}

function quoted(text: string): string {
  return `"${escaped(text).replaceAll('\n', ' ')}"`
}

function escaped(text: string): string {
  const plain = text.replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
  return plain.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
