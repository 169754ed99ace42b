import { auditLedger, type Shop } from '@tests/shop'

const count = new Intl.NumberFormat('en')
const euros = new Intl.NumberFormat('en', { style: 'currency', currency: 'EUR' })
const money = (minor: number): string => euros.format(minor / 100)

/** Prints the books of the shop, and says whether they balance. Waits for orders still on their way. */
export async function printLedger(shop: Shop, print: (line: string) => void): Promise<boolean> {
  const { stock, money: cash, differences } = await auditLedger(shop)
  const balances = differences.length === 0
  const mark = balances ? '✓' : '✗'
  const units = `stock ${count.format(stock.onHand)} on hand + ${count.format(stock.reserved)} reserved + ${count.format(stock.sold)} sold`
  print(`  Ledger   ${units} = ${count.format(stock.received)} received ${mark}`)
  print(`           charged ${money(cash.chargedMinor)} − refunded ${money(cash.refundedMinor)} = owed ${money(cash.owedMinor)} ${mark}`)
  for (const difference of differences) print(`           ✗ ${difference}`)
  return balances
}
