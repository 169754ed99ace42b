export type NotificationKind = 'order_confirmed' | 'order_rejected' | 'order_cancelled'

/** Something to tell a customer. Its id names the mail as well, so that a mail sent twice can be recognised. */
export interface Notification {
  readonly id: string
  readonly customerId: string
  readonly orderId: string
  readonly kind: NotificationKind
  readonly subject: string
  readonly text: string
}

/** What happened to an order, as its customer should hear it. */
export interface OrderNews {
  readonly kind: NotificationKind
  readonly orderId: string
  readonly customerId: string
  readonly total: { readonly amountMinor: number; readonly currency: string }
  readonly reason?: string
}

/** Words the news for the customer. */
export function tell(id: string, news: OrderNews): Notification {
  const { kind, orderId, customerId } = news
  return { id, kind, orderId, customerId, ...wordsFor(news) }
}

function wordsFor(news: OrderNews): { subject: string; text: string } {
  const total = inWords(news.total)
  switch (news.kind) {
    case 'order_confirmed':
      return { subject: 'Your order is confirmed', text: `We have your payment of ${total} and your parcel is on its way to the carrier.` }
    case 'order_rejected':
      return { subject: 'We could not keep your order', text: `${reasonInWords(news.reason)} You have paid nothing.` }
    case 'order_cancelled':
      return { subject: 'Your order is cancelled', text: `We have cancelled your order of ${total}. You have paid nothing.` }
  }
}

const reasonsInWords: Readonly<Record<string, string>> = {
  out_of_stock: 'Something you ordered is out of stock.',
  card_declined: 'Your card was declined.',
  address_not_served: 'We do not ship to your country yet.',
}

function reasonInWords(reason = 'unknown'): string {
  return reasonsInWords[reason] ?? 'Something went wrong on our side.'
}

function inWords({ amountMinor, currency }: OrderNews['total']): string {
  return `${(amountMinor / 100).toFixed(2)} ${currency}`
}
