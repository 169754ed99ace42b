/** An amount in the smallest unit of its currency. */
export interface Money {
  readonly amountMinor: number
  readonly currency: string
}

/** Something the shop sells. */
export interface Product {
  readonly id: string
  readonly sku: string
  readonly name: string
  readonly description: string
  readonly category: string
  readonly price: Money
}

export interface Line {
  readonly sku: string
  readonly quantity: number
}

export interface PricedLine extends Line {
  readonly name: string
  readonly unitPrice: Money
}

export type Pricing = { readonly kind: 'priced'; readonly lines: PricedLine[] } | { readonly kind: 'unknown'; readonly sku: string }

/** Puts prices on lines, in their order; the first product nobody sells refuses them all. */
export function price(lines: readonly Line[], products: readonly Product[]): Pricing {
  const priced: PricedLine[] = []
  for (const { sku, quantity } of lines) {
    const product = products.find((one) => one.sku === sku)
    if (product === undefined) return { kind: 'unknown', sku }
    priced.push({ sku, quantity, name: product.name, unitPrice: product.price })
  }
  return { kind: 'priced', lines: priced }
}
