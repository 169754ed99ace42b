import { z } from '@ashlar/contract'

const day = z.iso.date()

/** A break that was agreed upon: which, why, and until when that holds. */
export const Waiver = z.strictObject({
  contract: z.string().regex(/^[a-z][a-z0-9]*\.v[0-9]+$/, 'must be a contract with its version, as orders.v1'),
  finding: z.string().min(1),
  reason: z.string().min(10, 'must say why in ten letters at least'),
  /** The last day on which it holds. */
  expires: day,
})
export type Waiver = z.output<typeof Waiver>

/** What `contracts/<name>/waivers.json` holds. */
export const Waivers = z.array(Waiver)
