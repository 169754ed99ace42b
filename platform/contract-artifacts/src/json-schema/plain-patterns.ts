import type { JsonSchema } from './json-schema.ts'

/**
 * Says that a text must match several patterns in a way that generators of code understand or pass over: the first as its
 * `pattern`, the others by a double `not`. Of the `allOf` they are written in otherwise, oapi-codegen makes `interface{}`, and
 * datamodel-code-generator a pattern that Python cannot run. Validators read the same either way.
 */
export function plainPatterns(schema: JsonSchema): JsonSchema {
  return plain(schema) as JsonSchema
}

function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  const whole: JsonSchema = Object.fromEntries(Object.entries(value).map(([keyword, inner]) => [keyword, plain(inner)]))
  const { allOf, ...rest } = whole
  if (!Array.isArray(allOf) || rest['pattern'] !== undefined || rest['not'] !== undefined || !allOf.every(isPattern)) return whole
  const [first, ...others] = allOf
  const unmatched = others.map((other) => ({ not: other }))
  return { ...rest, ...first, ...(unmatched.length === 0 ? {} : { not: unmatched.length === 1 ? unmatched[0] : { anyOf: unmatched } }) }
}

function isPattern(schema: unknown): schema is { readonly pattern: string } {
  return typeof schema === 'object' && schema !== null && Object.keys(schema).join() === 'pattern'
}
