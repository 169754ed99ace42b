import type { z } from 'zod'
import type { AnyBoundOperation } from './operation.ts'
import { compileReader, unsure, type Reader } from './reader/compile-reader.ts'
import { RequestRefusedError, type Issue } from './request-refused.ts'

// no state: what is compiled from a schema never changes, and goes with it
const readers = new WeakMap<z.ZodType, Reader>()
const alwaysUnsure: Reader = () => unsure

/** Reads what is plainly valid by compiled code, at a fraction of the cost; gives `unsure` for everything else. */
function readShortly(schema: z.ZodType, value: unknown): unknown {
  let read = readers.get(schema)
  if (read === undefined) {
    read = compileReader(schema) ?? alwaysUnsure
    readers.set(schema, read)
  }
  return read(value)
}

function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.flatMap((issue) => {
    const path = issue.path.map((key) => (typeof key === 'number' ? key : String(key)))
    // a field nobody promised is named by where it is, like any other that is wrong
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => ({ path: [...path, key], message: 'no such field' }))
    return [{ path, message: issue.message }]
  })
}

/** Checks an input against its contract. Throws `RequestRefusedError` (`invalid_input`) with every issue. */
export function parseInput(operation: AnyBoundOperation, input: unknown): unknown {
  const read = readShortly(operation.input, input)
  if (read !== unsure) return read
  const result = operation.input.safeParse(input)
  if (result.success) return result.data
  throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_input' }, `the input of ${operation.address} is not valid`, {
    issues: issuesOf(result.error),
  })
}

/** A handler answered something its contract does not promise: a bug of the service, never the caller's fault. */
export class OutputInvalidError extends Error {
  override readonly name = 'OutputInvalidError'
  constructor(operation: AnyBoundOperation, part: string, issues: readonly Issue[]) {
    super(
      `${operation.address} answered ${part} its contract does not allow: ${issues.map((i) => `${i.path.join('.') || '(whole)'}: ${i.message}`).join('; ')}`,
    )
  }
}

/** Checks an output against its contract before it leaves. Throws `OutputInvalidError`. */
export function parseOutput(operation: AnyBoundOperation, output: unknown): unknown {
  const read = readShortly(operation.output, output)
  if (read !== unsure) return read
  const result = operation.output.safeParse(output)
  if (result.success) return result.data
  throw new OutputInvalidError(operation, 'an output', issuesOf(result.error))
}
