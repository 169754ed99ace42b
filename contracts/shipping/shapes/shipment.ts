import { z } from '@ashlar/contract'

export const OrderId = z.uuid()
export const ShipmentId = z.uuid()
