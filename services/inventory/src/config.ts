import { z } from '@ashlar/contract'
import { platformConfig } from '@ashlar/service'

/** The environment of inventory. */
export const InventoryConfig = z.object(platformConfig('inventory'))
