import type { AnyOperation, FailureOf, OutputOf } from './operation.ts'

/** A declared error as a handler returns it: a code of the contract with that code's data. */
export interface Failed<Code extends string = string, Data = unknown> {
  readonly failedCode: Code
  readonly data: Data
}

/** Answers with an error the contract declares: `return failed('out_of_stock', { sku })`. */
export function failed<const Code extends string>(code: Code): Failed<Code, undefined>
export function failed<const Code extends string, const Data>(code: Code, data: Data): Failed<Code, Data>
export function failed(code: string, data?: unknown): Failed {
  return { failedCode: code, data }
}

/** Tells a declared error apart from an output. */
export function isFailed(value: unknown): value is Failed {
  return typeof value === 'object' && value !== null && 'failedCode' in value && typeof value.failedCode === 'string'
}

type FailureCases<Failure> = {
  [F in Failure as F extends Failed<infer Code> ? Code : never]: F extends Failed<string, infer Data> ? (data: Data) => unknown : never
}
type Cases<Value, Failure> = { ok: (value: Value) => unknown } & FailureCases<Failure>
type ResultOfCases<C> = C extends Record<string, (...args: never[]) => infer R> ? R : never
type AnswerShape<Value, Failure> =
  | { readonly ok: true; readonly value: Value }
  | (Failure extends Failed<infer Code, infer Data> ? { readonly ok: false; readonly code: Code; readonly data: Data } : never)

interface AnswerMethods<Value, Failure> {
  /** Handles every case; leaving a declared error out does not compile. */
  match<const C extends Cases<Value, Failure>>(cases: C): ResultOfCases<C>
  /** Gives the output, or throws `AnswerFailedError` for a declared error. */
  orThrow(): Value
}

/** What a caller gets: the output, or one of the declared errors. Narrow it by `ok` and `code`, or use `match`. */
export type Answer<Value, Failure = never> = AnswerShape<Value, Failure> & AnswerMethods<Value, Failure>

/** The answer a caller of this operation gets. */
export type AnswerOf<Op extends AnyOperation> = Answer<OutputOf<Op>, FailureOf<Op>>

/** A declared error that a caller chose not to handle (`orThrow`). */
export class AnswerFailedError extends Error {
  override readonly name = 'AnswerFailedError'
  readonly code: string
  readonly data: unknown
  constructor(code: string, data: unknown) {
    super(`the operation answered ${code}`)
    this.code = code
    this.data = data
  }
}

class Ok {
  readonly ok = true
  readonly value: unknown
  constructor(value: unknown) {
    this.value = value
  }
  match(cases: Record<string, (value: unknown) => unknown>): unknown {
    return cases['ok']?.(this.value)
  }
  orThrow(): unknown {
    return this.value
  }
}

class NotOk {
  readonly ok = false
  readonly code: string
  readonly data: unknown
  constructor(code: string, data: unknown) {
    this.code = code
    this.data = data
  }
  match(cases: Record<string, (data: unknown) => unknown>): unknown {
    const handle = cases[this.code]
    if (handle === undefined) throw new AnswerFailedError(this.code, this.data)
    return handle(this.data)
  }
  orThrow(): never {
    throw new AnswerFailedError(this.code, this.data)
  }
}

/** An answer whose operation is not known to the types; what the platform passes around inside. */
export type AnyAnswer = Answer<unknown, Failed>

/** Builds answers from what a handler returned or what came over the wire. */
export const Answer = {
  ok: (value: unknown): AnyAnswer => new Ok(value) as AnyAnswer,
  failed: (code: string, data: unknown): AnyAnswer => new NotOk(code, data) as AnyAnswer,
  from: (result: unknown): AnyAnswer => (isFailed(result) ? Answer.failed(result.failedCode, result.data) : Answer.ok(result)),
}
