import type { PatternTexts } from './text-by-pattern.ts'

/** A JSON Schema (2020-12), as far as values are made from it. */
export interface Schema {
  readonly [keyword: string]: unknown
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly propertyNames?: Schema
  readonly items?: Schema | boolean
  readonly prefixItems?: readonly Schema[]
  readonly minItems?: number
  readonly maxItems?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly pattern?: string
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
}

export interface TextShape {
  readonly kind: 'text'
  readonly shortest: number
  readonly longest: number
  readonly patterns: readonly RegExp[]
  /** Makers of texts for each pattern. */
  readonly makers: readonly PatternTexts[]
  readonly format: string | undefined
}

export interface NumberShape {
  readonly kind: 'number'
  readonly least: number
  readonly most: number
  /** What every value is a multiple of; 1 for whole numbers, 0 for any. */
  readonly step: number
}

export interface ListShape {
  readonly kind: 'list'
  readonly first: readonly Schema[]
  readonly rest: Schema | undefined
  readonly fewest: number
  readonly most: number
}

export interface RecordShape {
  readonly kind: 'record'
  readonly fields: Readonly<Record<string, Schema>>
  readonly required: ReadonlySet<string>
  /** Shape of fields without a name of their own; `undefined` where there are none, or where they mean nothing. */
  readonly rest: Schema | undefined
  readonly names: Schema | undefined
  /** Whether a field nobody promised is refused. */
  readonly isClosed: boolean
}

/** One way a value may look. */
export type Shape =
  | TextShape
  | NumberShape
  | ListShape
  | RecordShape
  | { readonly kind: 'exactly'; readonly value: unknown }
  | { readonly kind: 'anything' }
