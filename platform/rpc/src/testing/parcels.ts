import { defineContract, failed, mutation, query, z } from '@ashlar/contract'
import type { Handlers } from '../server/implement.ts'

const Parcel = z.object({ parcelId: z.string(), grams: z.int() })
const open = { access: 'open' } as const

/** A contract that holds every kind of promise the wire must carry. */
export const parcels = defineContract({
  name: 'parcels',
  version: 2,
  operations: {
    findParcel: query({
      input: z.strictObject({ parcelId: z.string().min(1) }),
      output: Parcel,
      errors: { parcel_not_found: { status: 'NOT_FOUND', data: z.object({ parcelId: z.string() }) } },
      policy: open,
    }),
    sendParcel: mutation({
      input: z.strictObject({ grams: z.int().min(1), note: z.string().optional() }),
      output: Parcel,
      errors: {
        too_heavy: { status: 'CONFLICT', data: z.object({ maxGrams: z.int() }) },
        closed_today: { status: 'UNPROCESSABLE_CONTENT' },
      },
      policy: open,
    }),
    openVault: query({
      input: z.strictObject({ door: z.string() }),
      output: z.object({ door: z.string() }),
      policy: { access: { services: ['post'] } },
    }),
    stampParcel: mutation({
      input: z.strictObject({ parcelId: z.string() }),
      output: z.object({}),
      policy: { access: 'customer', idempotency: 'key' },
    }),
    breakPromise: query({ input: z.strictObject({}), output: Parcel, policy: open }),
    explode: mutation({ input: z.strictObject({}), output: z.object({}), policy: open }),
    linger: query({ input: z.strictObject({}), output: z.object({}), policy: open, hints: { timeoutMs: 4_000 } }),
  },
})

/** Tells a test what happens inside the handler that never answers by itself. */
export interface Lingering {
  readonly started: Promise<void>
  readonly stopped: Promise<unknown>
}

export interface KeptParcels {
  readonly handlers: Handlers<typeof parcels>
  /** The next call of `linger`. */
  nextLinger(): Lingering
}

export const causeOfTheBug = 'disk 7 is full'

/** Keeps the contract in memory; the same functions stand behind our listener and behind the stock server. */
export function keepParcels(): KeptParcels {
  let onStarted = (): void => undefined
  let onStopped: (reason: unknown) => void = () => undefined
  return {
    nextLinger: () => ({
      started: new Promise((resolve) => (onStarted = resolve)),
      stopped: new Promise((resolve) => (onStopped = resolve)),
    }),
    handlers: {
      findParcel: async ({ parcelId }) =>
        parcelId === 'lost' ? failed('parcel_not_found', { parcelId }) : { parcelId, grams: parcelId.length },
      sendParcel: async ({ grams, note }) => {
        if (note === 'on a sunday') return failed('closed_today')
        return grams > 31_500 ? failed('too_heavy', { maxGrams: 31_500 }) : { parcelId: `p-${grams}`, grams }
      },
      openVault: async ({ door }) => ({ door }),
      stampParcel: async () => ({}),
      breakPromise: async () => ({ parcelId: 'p-1', grams: 0.5 }),
      explode: async () => {
        throw new TypeError('the handler broke', { cause: Object.assign(new Error(causeOfTheBug), { code: 'ENOSPC' }) })
      },
      linger: (_input, { signal }) =>
        new Promise((_, reject) => {
          const started = onStarted
          const stopped = onStopped
          signal.addEventListener('abort', () => {
            stopped(signal.reason)
            reject(signal.reason as Error)
          })
          started()
        }),
    },
  }
}
