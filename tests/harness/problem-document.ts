import { STATUS_CODES } from 'node:http'
import type { HttpAnswer } from './http.ts'

export interface ExpectedProblem {
  readonly status: number
  readonly code: string
  /** Where, in the request, one of its issues must be. */
  readonly issueAt?: readonly (string | number)[] | undefined
}

const members = new Set(['type', 'title', 'status', 'code', 'detail', 'traceId', 'issues', 'data'])

/** Lists, in words, what keeps an answer from being the problem document expected; nothing when it is that one. */
export function flawsOf(
  { status, headers, body }: HttpAnswer<Record<string, unknown>>,
  { status: wanted, code, issueAt }: ExpectedProblem,
): string[] {
  const contentType = headers.get('content-type')
  const flaws = [
    status === wanted || `the status is ${status}`,
    contentType === 'application/problem+json' || `the content type is ${contentType}`,
    body['code'] === code || `the code is ${String(body['code'])}`,
    body['status'] === wanted || `the status in the document is ${String(body['status'])}`,
    body['title'] === STATUS_CODES[wanted] || `the title is ${String(body['title'])}`,
    body['type'] === `urn:ashlar:problem:${code}` || `the type is ${String(body['type'])}`,
    (typeof body['detail'] === 'string' && body['detail'] !== '') || 'it has no detail',
    /^(?!0+$)[0-9a-f]{32}$/.test(String(body['traceId'])) || `the trace id is ${String(body['traceId'])}`,
    issueAt === undefined || hasIssueAt(body['issues'], issueAt) || `no issue at ${JSON.stringify(issueAt)}`,
    wanted !== 401 || headers.get('www-authenticate') === 'Bearer' || 'it does not say how to authenticate',
    ...Object.keys(body).map((member) => members.has(member) || `it has a member of its own, ${member}`),
  ]
  return flaws.filter((flaw) => typeof flaw === 'string')
}

function hasIssueAt(issues: unknown, path: readonly (string | number)[]): boolean {
  return Array.isArray(issues) && issues.some((issue: { path?: unknown }) => JSON.stringify(issue.path) === JSON.stringify(path))
}
