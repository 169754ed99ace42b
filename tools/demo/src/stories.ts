/** One customer, one order, and how it should end. */
export interface Story {
  readonly who: string
  readonly sku: string
  readonly quantity: number
  readonly card: string
  readonly endsAs: 'confirmed' | 'rejected'
  readonly reason?: string
}

const teapots = 'POT-CAST-IRON'

export const stories: readonly Story[] = [
  { who: 'Ada', sku: 'TEA-EARL-GREY', quantity: 2, card: 'tok_visa', endsAs: 'confirmed' },
  { who: 'Bob', sku: 'TEA-EARL-GREY', quantity: 1, card: 'tok_declined', endsAs: 'rejected', reason: 'card_declined' },
  { who: 'Cleo', sku: teapots, quantity: 500, card: 'tok_visa', endsAs: 'rejected', reason: 'out_of_stock' },
]
