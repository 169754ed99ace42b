import type { AnyBoundOperation } from '@ashlar/contract'
import type { Case } from './cases.ts'

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  /** Path and query. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export interface WireAnswer {
  readonly status: number
  readonly text: string
}

/** What an answer says, read from the form a face gives it. */
export type Said =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'refusal'; readonly reason: string; readonly details: unknown; readonly issues: readonly IssuePath[] }
  /** Not in the form the face promises. */
  | { readonly kind: 'unreadable'; readonly why: string }

type IssuePath = readonly (string | number)[]

/** One of the forms in which operations are asked and answered. */
export interface Face {
  readonly name: 'rpc' | 'rest'
  /** Status of a good answer. */
  okStatus(operation: AnyBoundOperation): number
  /** Writes a case down as a request; `undefined` where this face cannot say it. */
  requestOf(operation: AnyBoundOperation, one: Case): WireRequest | undefined
  read(answer: WireAnswer): Said
}

/** Reads JSON, or says that it is none. */
export function jsonIn(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}
