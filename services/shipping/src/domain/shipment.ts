/** Where a parcel goes. */
export interface Address {
  readonly name: string
  readonly line1: string
  readonly city: string
  readonly postalCode: string
  readonly country: string
}

/** What was decided about an order's parcel; it stays as it is. */
export interface Shipment {
  readonly id: string
  readonly orderId: string
  /** `refused`: we do not ship to its country. */
  readonly status: 'scheduled' | 'refused'
  readonly shipTo: Address
}

/** Schedules a parcel, unless we do not ship to its country. */
export function schedule(parcel: Omit<Shipment, 'status'>, servedCountries: ReadonlySet<string>): Shipment {
  return { ...parcel, status: servedCountries.has(parcel.shipTo.country) ? 'scheduled' : 'refused' }
}
