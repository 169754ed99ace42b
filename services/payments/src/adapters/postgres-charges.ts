import type { Charge } from '../domain/charge.ts'
import type { Charges } from '../ports.ts'

/** Keeps charges in the service's own database. */
export function postgresCharges(): Charges {
  return {
    async find(tx, orderId) {
      // a row that does not exist yet cannot be locked, and a refund may race its charge
      await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [orderId])
      const [row] = await tx.query<ChargeRow>('select * from charges where order_id = $1', [orderId])
      return row === undefined ? undefined : chargeFrom(row)
    },
    async save(tx, charge) {
      const asked = charge.status === 'cancelled' ? undefined : charge
      await tx.query(
        `insert into charges (id, order_id, status, step_key, refund_key, amount_minor, currency, decline_code)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (id) do update
         set status = excluded.status, refund_key = excluded.refund_key, decline_code = excluded.decline_code`,
        [
          charge.id,
          charge.orderId,
          charge.status,
          asked?.key,
          'refundKey' in charge ? charge.refundKey : undefined,
          asked?.amount.amountMinor,
          asked?.amount.currency,
          charge.status === 'declined' ? charge.declineCode : undefined,
        ],
      )
    },
  }
}

interface ChargeRow {
  readonly id: string
  readonly order_id: string
  readonly status: Charge['status']
  readonly step_key: string
  readonly refund_key: string | null
  readonly amount_minor: number
  readonly currency: string
  readonly decline_code: string | null
}

function chargeFrom(row: ChargeRow): Charge {
  const { id, order_id: orderId, status, step_key: key } = row
  const asked = { id, orderId, key, amount: { amountMinor: row.amount_minor, currency: row.currency } }
  switch (status) {
    case 'pending':
    case 'charged':
      return { ...asked, status }
    case 'declined':
      return { ...asked, status, declineCode: row.decline_code ?? '' }
    case 'refunded':
      return { ...asked, status, refundKey: row.refund_key ?? '' }
    case 'cancelled':
      return row.refund_key === null ? { status, id, orderId } : { status, id, orderId, refundKey: row.refund_key }
  }
}
