import { z } from '@ashlar/contract'

const line = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^\P{Cc}+$/u, 'must not contain control characters')

/** Where a parcel goes; the country by its two letters (ISO 3166-1). */
export const Address = z
  .strictObject({
    name: line(100),
    line1: line(200),
    city: line(100),
    postalCode: line(20),
    country: z.string().regex(/^[A-Z]{2}$/, 'must be a country of two capital letters'),
  })
  .meta({ id: 'Address' })
export type Address = z.output<typeof Address>
