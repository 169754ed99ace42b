export type { ChargeAnswer, Entry, RefundAnswer } from './entry.ts'
export { LedgerCorruptError, LedgerUnwritableError } from './ledger-file.ts'
export type { Totals } from './ledger.ts'
export { startCardProvider, type CardProviderOptions, type CardProviderServer } from './start-card-provider.ts'
