import {
  AnswerFailedError,
  httpStatusOf,
  isFailed,
  jsonRpcCodeOf,
  parseOutput,
  z,
  type AnyBoundOperation,
  type StatusCode,
} from '@ashlar/contract'
import { MatchersV3 } from '@pact-foundation/pact'
import { matchersOf, unread } from './matchers-of.ts'
import type { Read } from './reading.ts'
import { shapeOf } from './schema-at.ts'

/** An answer as the wire carries it: in full, and as much of it as was read. */
export interface WireAnswer {
  readonly status: number
  readonly body: unknown
  /** The part of the body that a caller gets to see. */
  readonly read: unknown
  /** Pact's template of the body: the envelope as our client reads it, and inside it only what its caller read. */
  template(read: Read): unknown
}

/** Writes an example of an answer as the wire carries it. Throws when it is none that the contract allows. */
export function wireAnswer(operation: AnyBoundOperation, answer: unknown): WireAnswer {
  return isFailed(answer) ? declaredError(operation, answer) : output(operation, answer)
}

function output(operation: AnyBoundOperation, answer: unknown): WireAnswer {
  parseOutput(operation, answer)
  return {
    status: 200,
    body: { result: { data: answer } },
    read: answer,
    template(read) {
      const data = matchersOf({ value: answer, read, at: shapeOf(operation.output), lists: 'of-any-length' })
      return { result: data === unread ? MatchersV3.like({}) : { data } }
    },
  }
}

function declaredError(operation: AnyBoundOperation, { failedCode, data }: { failedCode: string; data: unknown }): WireAnswer {
  const declared = operation.errors[failedCode]
  if (declared === undefined) throw new AnswerFailedError(failedCode, data)
  const schema = declared.data ?? z.undefined()
  schema.parse(data)
  const message = `${operation.address} answered ${failedCode}`
  const code: StatusCode = declared.status
  const about = { code, httpStatus: httpStatusOf(code), reason: failedCode, ...(data === undefined ? {} : { details: data }) }
  return {
    status: httpStatusOf(code),
    body: { error: { message, code: jsonRpcCodeOf(code), data: about } },
    read: data,
    template(read) {
      const details = data === undefined ? unread : matchersOf({ value: data, read, at: shapeOf(schema), lists: 'of-any-length' })
      const { equal, integer, string } = MatchersV3
      return {
        error: {
          message: string(message),
          code: integer(jsonRpcCodeOf(code)),
          data: { code: equal(code), reason: equal(failedCode), ...(details === unread ? {} : { details }) },
        },
      }
    },
  }
}
