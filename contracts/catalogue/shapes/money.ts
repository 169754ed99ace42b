import { z } from '@ashlar/contract'

/** An amount in the smallest unit of its currency (ISO 4217): 1250 EUR is twelve euros fifty. */
export const Money = z
  .object({
    amountMinor: z.int().min(0),
    currency: z.string().regex(/^[A-Z]{3}$/, 'must be a currency of three capital letters'),
  })
  .meta({ id: 'Money' })
export type Money = z.output<typeof Money>
