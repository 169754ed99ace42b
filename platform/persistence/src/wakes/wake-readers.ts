import type { Transaction } from '../database.ts'
import { PooledTransaction } from '../database/pooled-transaction.ts'

/**
 * Wakes, once the transaction has committed, whoever follows what was written, in this process and in every other on the same
 * database. It is a hint that may be lost: who follows looks again by itself, after a while.
 */
export function wakeReaders(tx: Transaction, topic: string): void {
  if (tx instanceof PooledTransaction) tx.wakes.add(topic)
}
