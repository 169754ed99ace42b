/** A contract as protobuf: plain data, emitted beside the contract's `.proto`, from which both that text and a descriptor are made. */
export interface ProtoFile {
  /** `orders.v1` */
  readonly package: string
  readonly options: Readonly<Record<string, string | boolean>>
  readonly imports: readonly string[]
  readonly service: ProtoService
  readonly messages: readonly ProtoMessage[]
}

export interface ProtoService {
  readonly name: string
  readonly rpcs: readonly ProtoRpc[]
}

export interface ProtoRpc {
  readonly name: string
  /** The operation's name in the contract. */
  readonly operation: string
  readonly request: string
  readonly response: string
  /** It changes nothing and may be repeated, or answered from a cache. */
  readonly isQuery: boolean
  readonly isDeprecated: boolean
  /** Declared errors: the contract's code, the status it travels with, and the message of its data where it has one. */
  readonly errors: readonly { readonly code: string; readonly status: string; readonly message?: string }[]
}

/**
 * One message. `object`: its fields are those of an object in the contract. `union`: exactly one field is set, named by
 * what the contract's `discriminator` says. `value`: its one field holds a shape that is no object.
 */
export interface ProtoMessage {
  readonly name: string
  readonly form: { readonly kind: 'object' } | { readonly kind: 'union'; readonly discriminator: string } | { readonly kind: 'value' }
  readonly fields: readonly ProtoField[]
  readonly reserved: { readonly numbers: readonly number[]; readonly names: readonly string[] }
}

export interface ProtoField {
  /** What the contract calls it: the field of an object, or the discriminator's word for an option. */
  readonly key: string
  /** What protobuf calls it: `amount_minor` for `amountMinor`. */
  readonly name: string
  /** What protobuf's JSON calls it: the contract's own name, unless it is an option's. */
  readonly jsonName: string
  readonly number: number
  readonly type: ProtoType
  /** `optional`: may be absent, or null, in either direction. A list or map that may be absent is the same as an empty one. */
  readonly label: 'required' | 'optional' | 'repeated' | 'map'
  /** What the contract calls a value that did not come: one that is left out, or null. Nothing where a value must come. */
  readonly absence?: 'left out' | 'null'
  /** What its type does not say. */
  readonly note?: string
  readonly isDeprecated: boolean
}

/** What one value is: a scalar, a message of the same file, or JSON as it is (`google.protobuf`). */
export type ProtoType =
  | { readonly kind: 'scalar'; readonly name: 'bool' | 'double' | 'int32' | 'int64' | 'string' }
  | { readonly kind: 'message'; readonly name: string }
  | { readonly kind: 'json'; readonly name: 'ListValue' | 'Struct' | 'Value' }
