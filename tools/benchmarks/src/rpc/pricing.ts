/** What is asked for, of every server and by every client: the prices of three lines. */
export const input = {
  lines: ['TROWEL-01', 'LEVEL-40', 'CHISEL-12'].map((sku, index) => ({ sku, quantity: index + 1 })),
}

/** Answers as the catalogue does, all but its database. */
export function price({ lines }: typeof input) {
  return {
    lines: lines.map(({ sku, quantity }) => ({ sku, name: 'Trowel', quantity, unitPrice: { amountMinor: 1_250, currency: 'EUR' } })),
  }
}

/** What every client must get. */
export const output = price(input)
