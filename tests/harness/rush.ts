import type { Customer, Wish } from './customer.ts'
import { insistOn } from './insist.ts'
import type { PlacedOrder } from './placed-order.ts'

// of some there is less than a rush asks for
const products = [
  'TEA-EARL-GREY',
  'TEA-ENGLISH-BREAKFAST',
  'TEA-DARJEELING-FIRST',
  'COFFEE-ESPRESSO-NERO',
  'COFFEE-HUEHUETENANGO',
  'BISCUITS-SHORTBREAD',
  'POT-CAST-IRON',
  'GRINDER-HAND',
  'KETTLE-GOOSENECK',
  'BOOK-OF-TEA',
]

export interface Rush {
  readonly customers: readonly Customer[]
  readonly count: number
  /** Called once, as soon as a third of the orders is accepted and the others are on their way. */
  readonly inTheMiddle?: () => Promise<unknown>
}

/** Places many orders at once over ten products, one in five with a card that is declined, and gives them when all are accepted. */
export async function rush({ customers, count, inTheMiddle = () => Promise.resolve() }: Rush): Promise<PlacedOrder[]> {
  let accepted = 0
  let meanwhile: Promise<unknown> | undefined
  const placing = Array.from({ length: count }, async (_, index) => {
    const order = await insistOn(customers[index % customers.length]!, wish(index))
    accepted += 1
    if (accepted * 3 >= count) meanwhile ??= inTheMiddle()
    return order
  })
  const orders = await Promise.all(placing)
  await meanwhile
  return orders
}

function wish(index: number): Wish {
  const sku = (step: number): string => products[(index + step) % products.length]!
  const lines = [
    { sku: sku(0), quantity: 1 + (index % 3) },
    { sku: sku(3), quantity: 1 },
  ]
  return { lines: lines.slice(0, 1 + (index % 2)), card: index % 5 === 2 ? 'tok_declined' : 'tok_visa' }
}
