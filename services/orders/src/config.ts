import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of orders. */
export const OrdersConfig = z.object(platformConfig('orders'))
