import { z } from '@ashlar/contract'

/** A card, named by the token its provider gave the customer for one payment; no card number ever comes here. */
export const Card = z
  .strictObject({
    method: z.literal('card'),
    token: z
      .string()
      .min(1)
      .max(100)
      .regex(/^[A-Za-z0-9_-]+$/, 'must be a card token as the provider gave it'),
  })
  .meta({ id: 'Card' })

/** How a customer pays. */
export const PaymentMethod = z.discriminatedUnion('method', [Card]).meta({ id: 'PaymentMethod' })
export type PaymentMethod = z.output<typeof PaymentMethod>
