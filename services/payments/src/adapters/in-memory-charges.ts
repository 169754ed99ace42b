import type { Charge } from '../domain/charge.ts'
import type { Charges } from '../ports.ts'

/** Keeps charges in memory, for tests of the operations. */
export function inMemoryCharges(): Charges {
  const byOrder = new Map<string, Charge>()
  const keys = new Map<string, string>()
  return {
    find: async (_tx, orderId) => byOrder.get(orderId),
    async save(_tx, charge) {
      const used = [...('key' in charge ? [charge.key] : []), ...('refundKey' in charge ? [charge.refundKey ?? ''] : [])]
      for (const key of used) {
        if ((keys.get(key) ?? charge.id) !== charge.id) throw new Error(`the key ${key} belongs to another charge`)
        keys.set(key, charge.id)
      }
      byOrder.set(charge.orderId, charge)
    },
  }
}
