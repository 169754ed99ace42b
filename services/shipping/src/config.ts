import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of shipping. */
export const ShippingConfig = z.object({
  ...platformConfig('shipping'),
  /** Countries we ship to, as two-letter codes separated by commas. */
  SHIPPING_SERVED_COUNTRIES: z
    .string()
    .default('AT,BE,CH,DE,DK,ES,FI,FR,GB,IE,IT,LU,NL,NO,PL,PT,SE')
    .transform((text) => new Set(text.split(',').map((country) => country.trim()))),
})
