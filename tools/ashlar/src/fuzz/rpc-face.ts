import { z } from '@ashlar/contract'
import { jsonIn, type Face } from './face.ts'

const Result = z.strictObject({ result: z.strictObject({ data: z.unknown() }) })
const Failure = z.object({
  error: z.object({
    message: z.string(),
    code: z.int(),
    data: z.object({
      code: z.string(),
      httpStatus: z.int(),
      reason: z.string(),
      details: z.unknown().optional(),
      issues: z.array(z.object({ path: z.array(z.union([z.string(), z.int()])), message: z.string() })).optional(),
    }),
  }),
})

/** Asks a service itself, on the tRPC wire. */
export const rpcFace: Face = {
  name: 'rpc',
  okStatus: () => 200,
  requestOf: ({ address }, { input }) => ({
    method: 'POST',
    target: `/rpc/${address}`,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  }),
  read({ status, text }) {
    const json = jsonIn(text)
    if (json === undefined) return { kind: 'unreadable', why: 'it is not JSON' }
    const result = Result.safeParse(json.value)
    if (result.success) return { kind: 'value', value: result.data.result.data }
    const failure = Failure.safeParse(json.value)
    if (!failure.success) return { kind: 'unreadable', why: 'it is neither a result nor an error of the tRPC wire' }
    const { reason, details, issues = [], httpStatus } = failure.data.error.data
    if (httpStatus !== status) return { kind: 'unreadable', why: `it says ${httpStatus} and came with ${status}` }
    return { kind: 'refusal', reason, details, issues: issues.map(({ path }) => path) }
  },
}
