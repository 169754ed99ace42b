import type { Transaction } from '../database.ts'

/** One event's place in the history of its aggregate, and the order a consumer wants. */
export interface OrderCheck {
  readonly consumer: string
  readonly aggregate: string
  /** From 1. */
  readonly version: number
  readonly order: 'none' | 'latest' | 'strict'
}

/** `wait`: an earlier version is still to come; the transaction must roll back, so that the message can come again. */
export type OrderVerdict = 'apply' | 'drop' | 'wait'

/**
 * Decides in the applying transaction whether an event's turn has come, and moves the consumer's position. `latest` drops
 * what is older than the newest seen; `strict` applies 1, 2, 3 … and nothing else. Concurrent deliveries of one aggregate
 * take turns.
 */
export async function checkOrder(tx: Transaction, check: OrderCheck): Promise<OrderVerdict> {
  switch (check.order) {
    case 'none':
      return 'apply'
    case 'latest':
      return (await moveForward(tx, check)) ? 'apply' : 'drop'
    case 'strict':
      if (await moveByOne(tx, check)) return 'apply'
      return (await positionOf(tx, check)) >= check.version ? 'drop' : 'wait'
  }
}

async function moveForward(tx: Transaction, { consumer, aggregate, version }: OrderCheck): Promise<boolean> {
  const moved = await tx.query(
    `insert into platform.consumer_positions as seen (consumer, aggregate, version) values ($1, $2, $3)
     on conflict (consumer, aggregate) do update set version = excluded.version where seen.version < excluded.version
     returning 1 as moved`,
    [consumer, aggregate, version],
  )
  return moved.length === 1
}

async function moveByOne(tx: Transaction, { consumer, aggregate, version }: OrderCheck): Promise<boolean> {
  const moved =
    version === 1
      ? await tx.query(
          'insert into platform.consumer_positions (consumer, aggregate, version) values ($1, $2, 1) on conflict do nothing returning 1 as moved',
          [consumer, aggregate],
        )
      : await tx.query(
          'update platform.consumer_positions set version = $3 where consumer = $1 and aggregate = $2 and version = $3::bigint - 1 returning 1 as moved',
          [consumer, aggregate, version],
        )
  return moved.length === 1
}

async function positionOf(tx: Transaction, { consumer, aggregate }: OrderCheck): Promise<number> {
  const [row] = await tx.query<{ version: number }>(
    'select version from platform.consumer_positions where consumer = $1 and aggregate = $2',
    [consumer, aggregate],
  )
  return row?.version ?? 0
}
