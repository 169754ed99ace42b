/** Anything JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A JSON Schema (2020-12) as a plain object; its keywords are read with care, since it may come from a file. */
export interface Schema {
  readonly [keyword: string]: unknown
}

/** A schema together with the named shapes its `$ref`s mean. */
export interface SchemaNode {
  readonly schema: Schema | boolean
  readonly defs: Readonly<Record<string, Schema>>
}

/** Takes a whole document, with its `$defs`, as a node. */
export function nodeOf(schema: Schema): SchemaNode {
  return { schema, defs: { ...recordOf(schema['$defs']), '#': schema } }
}

/** Gives a part of a node's schema as a node, with the same named shapes. */
export function within({ defs }: SchemaNode, part: unknown): SchemaNode {
  return { schema: typeof part === 'boolean' ? part : recordOf(part), defs }
}

/** Follows `$ref`s to the shape they name. Keywords beside a `$ref` are annotations in what the emitters write. */
export function resolved(node: SchemaNode): SchemaNode {
  const seen = new Set<string>()
  let { schema } = node
  while (typeof schema === 'object' && typeof schema['$ref'] === 'string' && !seen.has(schema['$ref'])) {
    seen.add(schema['$ref'])
    schema = node.defs[schema['$ref'].replace(/^#\/\$defs\//, '')] ?? {}
  }
  return { schema, defs: node.defs }
}

/** Reads a keyword that holds an object; an empty one when it does not. */
export function recordOf(value: unknown): Record<string, Schema> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, Schema>) : {}
}

/** Tells whether two JSON values are the same, whatever the order of their fields. */
export function isSame(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other)
}

/** Writes JSON with fields in alphabetical order. */
export function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? 'nothing'
  )
}
