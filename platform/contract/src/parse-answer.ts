import { Answer, isFailed, type AnyAnswer } from './answer.ts'
import type { AnyBoundOperation } from './operation.ts'
import { tracked, type Tracked } from './tracked.ts'
import { OutputInvalidError, parseOutput } from './validate.ts'

/**
 * Checks what a handler returned, an output or a declared error with its data, and makes it an answer. Throws `OutputInvalidError`.
 * Of a subscription the value is its items, each of which is checked when it is taken: then that throws.
 */
export function parseAnswer(operation: AnyBoundOperation, result: unknown): AnyAnswer {
  if (!isFailed(result)) return Answer.ok(operation.kind === 'subscription' ? itemsOf(operation, result) : parseOutput(operation, result))
  const declared = Object.hasOwn(operation.errors, result.failedCode) ? operation.errors[result.failedCode] : undefined
  if (declared === undefined) throw new OutputInvalidError(operation, `the error ${result.failedCode}`, [])
  const data = declared.data?.safeParse(result.data)
  if (data?.success === false) throw new OutputInvalidError(operation, `data of the error ${result.failedCode}`, [])
  return Answer.failed(result.failedCode, data?.data)
}

function itemsOf(operation: AnyBoundOperation, result: unknown): AsyncIterable<Tracked> {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result))
    throw new OutputInvalidError(operation, 'something else than items', [])
  return checked(operation, result as AsyncIterable<Tracked>)
}

async function* checked(operation: AnyBoundOperation, items: AsyncIterable<Tracked>): AsyncGenerator<Tracked, void> {
  for await (const { id, data } of items) yield tracked(id, parseOutput(operation, data))
}
