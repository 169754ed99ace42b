import { event, z, type OperationKind } from '../src/index.ts'

/** A promise with nothing wrong in it, to be spoilt part by part. */
export const promise = {
  input: z.strictObject({ orderId: z.string(), lines: z.array(z.string()) }),
  output: z.object({}),
  policy: { access: 'open' },
} as const

export const orderPlaced = event({
  version: 1,
  aggregate: 'orderId',
  key: 'orderId',
  data: z.object({ orderId: z.string(), total: z.int(), note: z.string().optional() }),
})

/** A contract with one operation whose parts are replaced, as somebody without types could write it. */
export function asking(part: object, kind: OperationKind = 'mutation'): object {
  return { operations: { ask: { kind, errors: {}, emits: [], hints: {}, ...promise, ...part } } }
}

/** A contract with one event whose parts are replaced. */
export function telling(part: object): object {
  return { events: { told: { ...orderPlaced, ...part } } }
}
