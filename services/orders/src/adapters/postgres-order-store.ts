import { wakeReaders, type Queryable } from '@ashlar/service'
import type { Order, OrderChange, OrderState } from '../domain/order.ts'
import type { OrderStore } from '../ports.ts'

interface Row {
  readonly id: string
  readonly customer_id: string
  readonly status: Order['status']
  readonly reason: string | null
  readonly lines: Order['lines']
  readonly total_minor: string
  readonly currency: string
  readonly created_at: Date
}

interface ChangeRow extends Pick<Row, 'status' | 'reason'> {
  readonly position: number
  readonly changed_at: Date
}

const fields = 'id, customer_id, status, reason, lines, total_minor, currency, created_at'

/** Keeps orders in the service's own database. */
export function postgresOrderStore(): OrderStore {
  return {
    async insert(tx, { id, customerId, status, lines, total, createdAt }, stepKey) {
      await tx.query(
        `insert into orders (id, customer_id, step_key, status, lines, total_minor, currency, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, customerId, stepKey, status, JSON.stringify(lines), total.amountMinor, total.currency, createdAt],
      )
    },
    findByStepKey: (db, stepKey) => one(db, 'step_key = $1', [stepKey]),
    find: (db, { orderId, customerId }) => one(db, 'id = $1 and customer_id = $2', [orderId, customerId]),
    async list(db, { customerId, status, after, limit }) {
      const rows = await db.query<Row>(
        `select ${fields} from orders
         where customer_id = $1 and ($2::text is null or status = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
        [customerId, status ?? null, after ?? null, limit],
      )
      return rows.map(orderOf)
    },
    async move(tx, orderId, state) {
      const reason = 'reason' in state ? state.reason : null
      // the database keeps the change: see migration 0002
      await tx.query('update orders set status = $2, reason = $3, updated_at = now() where id = $1', [orderId, state.status, reason])
      wakeReaders(tx, orderId)
    },
    async changes(db, { orderId, after, limit }) {
      const rows = await db.query<ChangeRow>(
        'select position, status, reason, changed_at from order_changes where order_id = $1 and position > $2 order by position limit $3',
        [orderId, after, limit],
      )
      return rows.map((row): OrderChange => ({ ...stateOf(row), position: row.position, changedAt: row.changed_at.toISOString() }))
    },
  }
}

async function one(db: Queryable, condition: string, values: readonly unknown[]): Promise<Order | undefined> {
  const [row] = await db.query<Row>(`select ${fields} from orders where ${condition}`, values)
  return row === undefined ? undefined : orderOf(row)
}

function orderOf(row: Row): Order {
  return {
    ...stateOf(row),
    id: row.id,
    customerId: row.customer_id,
    lines: row.lines,
    total: { amountMinor: Number(row.total_minor), currency: row.currency },
    createdAt: row.created_at.toISOString(),
  }
}

function stateOf({ status, reason }: Pick<Row, 'status' | 'reason'>): OrderState {
  return status === 'rejected' || status === 'needs_attention' ? { status, reason: reason ?? 'unknown' } : { status }
}
