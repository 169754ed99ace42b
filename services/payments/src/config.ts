import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of payments. */
export const PaymentsConfig = z.object({
  ...platformConfig('payments'),
  /** Where the card provider answers. */
  PAYMENTS_CARD_PROVIDER_URL: z.url(),
})
