import type { Transaction } from '@ashlar/service'
import type { Booking, Level, Line, Reservation } from '../domain/reservation.ts'
import type { StockStore } from '../ports.ts'

/** Keeps stock in PostgreSQL. */
export function postgresStock(): StockStore {
  return { reservationOf, lock, save }
}

async function reservationOf(tx: Transaction, orderId: string): Promise<Reservation | undefined> {
  // a row that does not exist yet cannot be locked, and a release may race its reservation
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [orderId])
  const [found] = await tx.query<Reservation>('select id, order_id as "orderId", status, lines from reservations where order_id = $1', [
    orderId,
  ])
  return found
}

async function lock(tx: Transaction, lines: readonly Line[]): Promise<Level[]> {
  // always in the order of the sku: two orders of the same products wait for one another in turn, never in a ring
  return tx.query<Level>('select sku, on_hand as "onHand", reserved, sold from stock where sku = any($1) order by sku for update', [
    lines.map(({ sku }) => sku),
  ])
}

async function save(tx: Transaction, { reservation, levels }: Booking, stepKey: string): Promise<void> {
  const key = keyColumns[reservation.status]
  await tx.query(
    `insert into reservations (id, order_id, status, lines, ${key}) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set status = excluded.status, ${key} = excluded.${key}`,
    [reservation.id, reservation.orderId, reservation.status, JSON.stringify(reservation.lines), stepKey],
  )
  if (levels.length === 0) return
  await tx.query(
    `update stock set on_hand = level."onHand", reserved = level.reserved, sold = level.sold
     from jsonb_to_recordset($1) as level(sku text, "onHand" integer, reserved integer, sold integer)
     where stock.sku = level.sku`,
    [JSON.stringify(levels)],
  )
}

const keyColumns = { reserved: 'reserve_key', released: 'release_key', sold: 'commit_key' } as const
