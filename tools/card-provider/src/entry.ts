/** What a card was charged, or why it was not. */
export type ChargeAnswer =
  | {
      readonly status: 'charged'
      readonly chargeId: string
      readonly amountMinor: number
      readonly currency: string
      readonly reference: string
    }
  | { readonly status: 'declined'; readonly declineCode: string }

/** What was given back. `nothing_charged` also closes the key of the charge: it is refused if it comes later. */
export type RefundAnswer =
  | { readonly status: 'refunded'; readonly refundId: string; readonly amountMinor: number; readonly currency: string }
  | { readonly status: 'nothing_charged' }

/** One line of the ledger: a key, a fingerprint of what was asked under it, and the answer it has for ever. */
export type Entry =
  | { readonly kind: 'charge'; readonly key: string; readonly asked: string; readonly at: string; readonly answer: ChargeAnswer }
  | {
      readonly kind: 'refund'
      readonly key: string
      readonly asked: string
      readonly at: string
      readonly chargeKey: string
      readonly answer: RefundAnswer
    }

export type ChargeEntry = Extract<Entry, { kind: 'charge' }>
export type RefundEntry = Extract<Entry, { kind: 'refund' }>

/** Whether a line of the ledger is an entry: of those written here, every one is. */
export function isEntry(value: unknown): value is Entry {
  const { kind, key, asked, chargeKey, answer } = (value ?? {}) as Partial<Record<keyof ChargeEntry | keyof RefundEntry, unknown>>
  const isOfKind = kind === 'charge' || (kind === 'refund' && typeof chargeKey === 'string')
  return isOfKind && typeof key === 'string' && typeof asked === 'string' && typeof answer === 'object' && answer !== null
}
