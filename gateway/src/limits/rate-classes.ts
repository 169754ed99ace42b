import { z, type AnyBoundOperation } from '@ashlar/contract'

/** How many requests one caller may make of one operation in a window. */
export interface RateLimit {
  readonly limit: number
  readonly windowSeconds: number
}

/** Limits by class. An operation's class is its contract's `hints.rateClass`, else follows from its kind and access. */
export type RateClasses = Readonly<Record<string, RateLimit>>

export const defaultRateClasses = {
  'open-write': { limit: 100, windowSeconds: 900 },
  'open-read': { limit: 6_000, windowSeconds: 60 },
  'customer-write': { limit: 600, windowSeconds: 60 },
  'customer-read': { limit: 6_000, windowSeconds: 60 },
  /** Access tokens from one address that are not valid, whatever is asked with them. */
  'failed-token': { limit: 120, windowSeconds: 60 },
  /** Pages and files of the reference at /docs, from one address. */
  docs: { limit: 600, windowSeconds: 60 },
} satisfies RateClasses

const oneLimit = z.strictObject({ limit: z.int().positive(), windowSeconds: z.int().positive() })

/** The variable `GATEWAY_RATE_LIMITS`: JSON from class to limit; what it does not name keeps its default. */
export const rateLimitsVariable = z
  .string()
  .default('{}')
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue('must be JSON, as {"open-write":{"limit":100,"windowSeconds":900}}')
      return z.NEVER
    }
  })
  .pipe(z.record(z.string(), oneLimit))

/** Gives the class of an operation. */
export function rateClassOf({ hints, kind, policy }: AnyBoundOperation): string {
  if (hints.rateClass !== undefined) return hints.rateClass
  const who = policy.access === 'open' ? 'open' : 'customer'
  return `${who}-${kind === 'mutation' ? 'write' : 'read'}`
}

/** Gives the limit of an operation: its class's, or where a class is not configured that of its kind and access. */
export function limitOf(operation: AnyBoundOperation, classes: RateClasses): RateLimit {
  const { rateClass: _own, ...hints } = operation.hints
  return classes[rateClassOf(operation)] ?? classes[rateClassOf({ ...operation, hints })] ?? defaultRateClasses['open-write']
}

/** Gives how many tokens that are not valid one address may send. */
export function failedTokenLimit(classes: RateClasses): RateLimit {
  return classes['failed-token'] ?? defaultRateClasses['failed-token']
}

/** Gives how many pages and files of the reference one address may ask for. */
export function docsLimit(classes: RateClasses): RateLimit {
  return classes['docs'] ?? defaultRateClasses['docs']
}
