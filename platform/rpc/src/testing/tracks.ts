import { setTimeout as pause } from 'node:timers/promises'
import { defineContract, failed, query, subscription, tracked, z, type ContractOf } from '@ashlar/contract'
import { implement } from '../server/implement.ts'
import type { Implementation } from '../server/implementation.ts'

/** A contract whose subscription tells where a parcel has been. */
export const tracks = defineContract({
  name: 'tracks',
  version: 1,
  operations: {
    followParcel: subscription({
      input: z.strictObject({ parcelId: z.string() }),
      output: z.object({ place: z.string() }),
      errors: { parcel_not_found: { status: 'NOT_FOUND', data: z.object({ parcelId: z.string() }) } },
      policy: { access: 'customer' },
    }),
    countParcels: query({ input: z.strictObject({}), output: z.object({ parcels: z.int() }), policy: { access: 'open' } }),
  },
})
export interface Tracks extends ContractOf<typeof tracks> {}

/** Where each parcel goes, and what its source is told. */
export interface KeptTracks {
  readonly implementation: Implementation
  /** Lets the source that waits say where the parcel is now. */
  arrive(place: unknown): void
  /** How many items were taken out of the source. */
  taken: number
  /** Resolves when the source of a stream has ended, however it did. */
  readonly stopped: Promise<void>
}

/**
 * Keeps the tracks: `lost` is none, `delivered` has two places and no more, `long` never ends and never waits, any other waits for
 * where it arrives after its first place.
 */
export function keepTracks(): KeptTracks {
  const arrivals: unknown[] = []
  let arrived = (): void => undefined
  const stopped = Promise.withResolvers<void>()
  const kept: KeptTracks = {
    taken: 0,
    stopped: stopped.promise,
    arrive(place) {
      arrivals.push(place)
      arrived()
    },
    implementation: implement(tracks, {
      countParcels: async () => ({ parcels: 3 }),
      followParcel: async ({ parcelId }, { lastEventId = '0', signal }) => {
        if (parcelId === 'lost') return failed('parcel_not_found', { parcelId })
        return places(parcelId, { after: Number(lastEventId), signal })
      },
    }),
  }
  async function* places(parcelId: string, { after, signal }: { after: number; signal: AbortSignal }) {
    try {
      for (let at = after + 1; ; at += 1) {
        if (parcelId === 'delivered' && at > 2) return
        if (parcelId !== 'long' && parcelId !== 'delivered' && at > 1) {
          while (arrivals.length < at - 1) {
            const { promise, resolve } = Promise.withResolvers<void>()
            arrived = resolve
            signal.addEventListener('abort', () => resolve(), { once: true })
            await promise
            if (signal.aborted) return
          }
        }
        kept.taken += 1
        if (parcelId === 'long') await pause(0)
        const place =
          at === 1 || parcelId === 'delivered' || parcelId === 'long'
            ? `depot ${at}${parcelId === 'long' ? '.'.repeat(16_384) : ''}`
            : arrivals[at - 2]
        yield tracked(at, { place: place as string })
      }
    } finally {
      stopped.resolve()
    }
  }
  return kept
}
