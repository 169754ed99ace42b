import { Answer, isFailed, type AnyAnswer } from './answer.ts'
import type { AnyBoundOperation } from './operation.ts'
import { OutputInvalidError, parseOutput } from './validate.ts'

/** Checks what a handler returned, an output or a declared error with its data, and makes it an answer. Throws `OutputInvalidError`. */
export function parseAnswer(operation: AnyBoundOperation, result: unknown): AnyAnswer {
  if (!isFailed(result)) return Answer.ok(parseOutput(operation, result))
  const declared = Object.hasOwn(operation.errors, result.failedCode) ? operation.errors[result.failedCode] : undefined
  if (declared === undefined) throw new OutputInvalidError(operation, `the error ${result.failedCode}`, [])
  const data = declared.data?.safeParse(result.data)
  if (data?.success === false) throw new OutputInvalidError(operation, `data of the error ${result.failedCode}`, [])
  return Answer.failed(result.failedCode, data?.data)
}
