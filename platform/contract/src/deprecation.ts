import type { z } from 'zod'

/** That something promised will go. Dates are days as `2026-11-01`, meant from their beginning in UTC. */
export interface Deprecation {
  readonly since: string
  /** The day from which it may be gone. */
  readonly sunset?: string
  /** What to use instead: an operation, an event or a field beside it; of a newer major of the contract, its address (`orders.v2/placeOrder`). */
  readonly use?: string
}

const keyword = 'x-deprecation'

/** Marks a field as one that will go: `note: deprecated(z.string().optional(), { since: '2026-11-01', use: 'giftNote' })`. JSON Schema shows it as `deprecated` and `x-deprecation`. */
export function deprecated<Schema extends z.ZodType>(schema: Schema, deprecation: Deprecation): Schema {
  return schema.meta({ deprecated: true, [keyword]: deprecation })
}

/** Gives what a schema itself was marked with by `deprecated`, as it was written; `undefined` where it was not. */
export function markedDeprecation(schema: z.core.$ZodType): unknown {
  return 'meta' in schema && typeof schema.meta === 'function' ? (schema as z.ZodType).meta()?.[keyword] : undefined
}

/**
 * Gives the headers that tell callers so: `Deprecation` (RFC 9745), `Sunset` (RFC 8594), and a `Link` to what replaces it where
 * an address of that is given. The dates must be valid, as those of a defined contract are.
 */
export function deprecationHeaders(
  { since, sunset }: Deprecation,
  successor?: string,
): readonly (readonly [name: string, value: string])[] {
  return [
    ['deprecation', `@${Date.parse(since) / 1_000}`],
    ...(sunset === undefined ? [] : [['sunset', new Date(sunset).toUTCString()] as const]),
    ...(successor === undefined ? [] : [['link', `<${successor}>; rel="successor-version"`] as const]),
  ]
}

/** Gives the address of what replaces a deprecated operation, as `orders.v1/placeOrder`. */
export function successorOf(operation: {
  readonly contract: string
  readonly version: number
  readonly deprecated?: Deprecation
}): string | undefined {
  const use = operation.deprecated?.use
  return use === undefined || use.includes('/') ? use : `${operation.contract}.v${operation.version}/${use}`
}
