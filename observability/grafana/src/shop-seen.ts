/** What the dashboards are drawn for, in plain names: telemetry knows no contracts, so whoever knows them says this. */
export interface ShopSeen {
  readonly services: readonly ServiceSeen[]
  /** Status codes that are a fault of whoever answers, not a refusal of what was asked: `INTERNAL_SERVER_ERROR`. */
  readonly faultCodes: readonly string[]
}

export interface ServiceSeen {
  readonly name: string
  /** Operations as metrics name them: `orders.v1/placeOrder`. */
  readonly operations: readonly string[]
  /** Subjects of its events, and of the commands it takes: `orders.order-placed.v1`. */
  readonly messages: readonly string[]
}
