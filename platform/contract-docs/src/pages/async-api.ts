import type { Deprecation } from '@ashlar/contract'

/** What the page of events reads of a JSON Schema. */
export interface Shape {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly items?: Shape | boolean
  readonly prefixItems?: readonly Shape[]
  readonly additionalProperties?: Shape | boolean
  readonly oneOf?: readonly Shape[]
  readonly anyOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly description?: string
  readonly deprecated?: boolean
  readonly 'x-deprecation'?: Deprecation
  readonly format?: string
  readonly pattern?: string
  readonly default?: unknown
  readonly [bound: string]: unknown
}

interface Ref {
  readonly $ref: string
}

export interface Channel {
  readonly address: string | null
  readonly description?: string
  readonly 'x-jetstream'?: { readonly name: string; readonly max_age?: number; readonly duplicate_window?: number }
}

export interface MessageOperation {
  readonly action: 'send' | 'receive'
  readonly channel: Ref
  readonly messages: readonly Ref[]
  readonly bindings?: { readonly nats?: { readonly queue?: string } }
  readonly reply?: { readonly channel: Ref; readonly messages: readonly Ref[] }
  readonly 'x-deprecation'?: Deprecation
}

/** What the page of events reads of an AsyncAPI document. */
export interface AsyncApi {
  readonly info: { readonly title: string; readonly version: string; readonly description?: string }
  readonly channels: Readonly<Record<string, Channel>>
  readonly operations: Readonly<Record<string, MessageOperation>>
  readonly components: { readonly schemas: Readonly<Record<string, Shape>> }
}

/** Gives the name that a reference ends with. */
export function nameIn({ $ref }: Ref): string {
  return $ref.slice($ref.lastIndexOf('/') + 1)
}
