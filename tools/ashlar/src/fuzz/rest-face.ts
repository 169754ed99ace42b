import { z, type AnyBoundOperation } from '@ashlar/contract'
import type { Case } from './cases.ts'
import { jsonIn, type Face, type WireRequest } from './face.ts'
import { issuePathsOf } from './issue-paths.ts'

const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string(),
  traceId: z.string(),
  data: z.unknown().optional(),
  issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })).optional(),
})

/** The gateway reads no longer target. */
const longestTarget = 8_000
/** What a part of a path may be, so that everybody on the way reads it alike. */
const pathPart = /^[\w~-]+$/

/** Asks through the gateway, by REST routes. What cannot be said there (a null in a query string, a missing part of a path) is left out. */
export const restFace: Face = {
  name: 'rest',
  okStatus: ({ rest }) => rest?.status ?? 200,
  requestOf(operation, one) {
    const { rest } = operation
    const { input } = one
    if (rest === undefined || typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
    const fields = new Map<string, unknown>(Object.entries(input))
    const path = pathWith(rest.path, fields)
    if (path === undefined) return undefined
    if (rest.method === 'GET') return queryRequest(operation, one, { path, fields })
    const body = fields.size === 0 ? undefined : JSON.stringify(Object.fromEntries(fields))
    return { method: rest.method, target: path, headers: body === undefined ? {} : { 'content-type': 'application/json' }, body }
  },
  read({ status, text }) {
    if (status === 204) return text === '' ? { kind: 'nothing' } : { kind: 'unreadable', why: 'a 204 has a body' }
    const json = jsonIn(text)
    if (json === undefined) return { kind: 'unreadable', why: 'it is not JSON' }
    if (status < 300) return { kind: 'value', value: json.value }
    const problem = Problem.safeParse(json.value)
    if (!problem.success) return { kind: 'unreadable', why: 'it is no problem document' }
    if (problem.data.status !== status) return { kind: 'unreadable', why: `it says ${problem.data.status} and came with ${status}` }
    const { code, data, issues = [] } = problem.data
    return { kind: 'refusal', reason: code, details: data, issues: issues.map(({ path }) => path) }
  },
}

/** Puts fields into their places in a path, and takes them away from those that are left. */
function pathWith(template: string, fields: Map<string, unknown>): string | undefined {
  const parts = template.split('/').map((part) => {
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? []
    if (name === undefined) return part
    const value = fields.get(name)
    fields.delete(name)
    return typeof value === 'string' && pathPart.test(value) ? value : undefined
  })
  return parts.includes(undefined) ? undefined : parts.join('/')
}

function queryRequest(
  operation: AnyBoundOperation,
  { input, wrongAt }: Case,
  { path, fields }: { path: string; fields: ReadonlyMap<string, unknown> },
): WireRequest | undefined {
  const query = new URLSearchParams()
  const received: Record<string, unknown> = { ...(input as Record<string, unknown>) }
  for (const [name, value] of fields) {
    const items: readonly unknown[] = Array.isArray(value) ? value : [value]
    if (items.length === 0 || !items.every((item) => ['string', 'number', 'boolean'].includes(typeof item))) return undefined
    for (const item of items) query.append(name, String(item))
    if (!Array.isArray(value) && typeof value !== 'string' && takesText(operation, name)) received[name] = String(value)
  }
  // what was wrong as a number may be right as the text a query string makes of it
  const wrong = issuePathsOf(operation, received)
  const isSame = wrongAt === undefined ? wrong.length === 0 : wrong.includes(JSON.stringify(wrongAt))
  const target = query.size === 0 ? path : `${path}?${query.toString()}`
  return isSame && target.length <= longestTarget ? { method: 'GET', target, headers: {}, body: undefined } : undefined
}

function takesText({ input }: AnyBoundOperation, name: string): boolean {
  const issues = input.safeParse({ [name]: 'text' }).error?.issues ?? []
  return !issues.some((issue) => issue.code === 'invalid_type' && issue.path.length === 1 && issue.path[0] === name)
}
