/** So many units of one product. */
export interface Line {
  readonly sku: string
  readonly quantity: number
}

/** Where the units of one product are. */
export interface Level {
  readonly sku: string
  readonly onHand: number
  readonly reserved: number
  readonly sold: number
}

/** What an order holds. Released without lines means that the release came before the reservation. */
export interface Reservation {
  readonly id: string
  readonly orderId: string
  readonly status: 'reserved' | 'released' | 'sold'
  readonly lines: readonly Line[]
}

/** A reservation together with the levels it leaves behind. */
export interface Booking {
  readonly reservation: Reservation
  readonly levels: readonly Level[]
}

export interface Shortage {
  readonly sku: string
  readonly available: number
}

export type ReserveDecision = ({ readonly kind: 'reserved' } & Booking) | { readonly kind: 'refused'; readonly shortage: Shortage }

/** Sets stock aside for an order, all lines or none; a product without a level has none. Lines of one product become one. */
export function reserve(levels: readonly Level[], wanted: Pick<Reservation, 'id' | 'orderId' | 'lines'>): ReserveDecision {
  const lines = onePerProduct(wanted.lines)
  for (const { sku, quantity } of lines) {
    const available = levels.find((level) => level.sku === sku)?.onHand ?? 0
    if (available < quantity) return { kind: 'refused', shortage: { sku, available } }
  }
  const left = move(levels, lines, (level, quantity) => ({
    ...level,
    onHand: level.onHand - quantity,
    reserved: level.reserved + quantity,
  }))
  return { kind: 'reserved', reservation: { ...wanted, lines, status: 'reserved' }, levels: left }
}

/** Gives reserved stock back. */
export function release(levels: readonly Level[], reservation: Reservation): Booking {
  const left = move(levels, reservation.lines, (level, quantity) => ({
    ...level,
    onHand: level.onHand + quantity,
    reserved: level.reserved - quantity,
  }))
  return { reservation: { ...reservation, status: 'released' }, levels: left }
}

/** Turns reserved stock into sold stock. */
export function sell(levels: readonly Level[], reservation: Reservation): Booking {
  const left = move(levels, reservation.lines, (level, quantity) => ({
    ...level,
    reserved: level.reserved - quantity,
    sold: level.sold + quantity,
  }))
  return { reservation: { ...reservation, status: 'sold' }, levels: left }
}

/** Remembers that an order's stock was released before any was reserved. */
export function releasedBeforehand(id: string, orderId: string): Reservation {
  return { id, orderId, status: 'released', lines: [] }
}

function onePerProduct(lines: readonly Line[]): Line[] {
  const quantities = new Map<string, number>()
  for (const { sku, quantity } of lines) quantities.set(sku, (quantities.get(sku) ?? 0) + quantity)
  return [...quantities].map(([sku, quantity]) => ({ sku, quantity }))
}

function move(levels: readonly Level[], lines: readonly Line[], change: (level: Level, quantity: number) => Level): Level[] {
  return levels.map((level) => {
    const line = lines.find(({ sku }) => sku === level.sku)
    return line === undefined ? level : change(level, line.quantity)
  })
}
