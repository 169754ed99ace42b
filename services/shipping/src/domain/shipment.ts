/** Where a parcel goes. */
export interface Address {
  readonly name: string
  readonly line1: string
  readonly city: string
  readonly postalCode: string
  readonly country: string
}

/** A parcel that will be picked up for an order. */
export interface Shipment {
  readonly id: string
  readonly orderId: string
  readonly shipTo: Address
}

export type Scheduling =
  | { readonly kind: 'scheduled'; readonly shipment: Shipment }
  | { readonly kind: 'refused'; readonly country: string }

/** Schedules a parcel, unless we do not ship to its country. */
export function schedule(shipment: Shipment, servedCountries: ReadonlySet<string>): Scheduling {
  const { country } = shipment.shipTo
  return servedCountries.has(country) ? { kind: 'scheduled', shipment } : { kind: 'refused', country }
}
