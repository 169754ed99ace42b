import { createHash, randomUUID } from 'node:crypto'
import type { ChargeAnswer, ChargeEntry, Entry, RefundAnswer, RefundEntry } from './entry.ts'
import { openLedgerFile, type LedgerFile } from './ledger-file.ts'

export interface ChargeRequest {
  readonly amountMinor: number
  readonly currency: string
  readonly token: string
  readonly reference: string
}

export interface RefundRequest {
  readonly chargeKey: string
}

/** The same key was used to ask for something else. */
export type Reused = { readonly status: 'idempotency_key_reused' }
/** A refund was asked for before this charge was: it will never be made. */
export type Cancelled = { readonly status: 'charge_cancelled' }

export interface Totals {
  chargedMinor: number
  refundedMinor: number
}

/** What the provider knows and has promised. Every answer is on the disk before it is given. */
export class Ledger {
  readonly #file: LedgerFile
  readonly #entries: Entry[] = []
  readonly #charges = new Map<string, ChargeEntry>()
  readonly #refunds = new Map<string, RefundEntry>()
  readonly #refundOf = new Map<string, RefundEntry>()
  #last: Promise<unknown> = Promise.resolve()

  private constructor(file: LedgerFile) {
    this.#file = file
    for (const entry of file.found) this.#remember(entry)
  }

  static async open(path: string): Promise<Ledger> {
    return new Ledger(await openLedgerFile(path))
  }

  /** Gives what was answered to a charge under this key, or to a refund that came before it. */
  charge(key: string): ChargeAnswer | Cancelled | undefined {
    return this.#charges.get(key)?.answer ?? (this.#refundOf.has(key) ? { status: 'charge_cancelled' } : undefined)
  }

  refund(key: string): RefundAnswer | undefined {
    return this.#refunds.get(key)?.answer
  }

  /** Gives the answer a repeat of this charge gets, if it is one. */
  repeated(key: string, request: ChargeRequest): ChargeAnswer | Cancelled | Reused | undefined {
    const earlier = this.#charges.get(key)
    if (earlier !== undefined && earlier.asked !== fingerprint(request)) return { status: 'idempotency_key_reused' }
    return this.charge(key)
  }

  /** Records a charge; `declineCode` when the card was refused. */
  recordCharge(key: string, request: ChargeRequest, declineCode?: string): Promise<ChargeAnswer | Cancelled | Reused> {
    return this.#inTurn(async () => {
      const earlier = this.repeated(key, request)
      if (earlier !== undefined) return earlier
      const { amountMinor, currency, reference } = request
      const answer: ChargeAnswer =
        declineCode === undefined
          ? { status: 'charged', chargeId: randomUUID(), amountMinor, currency, reference }
          : { status: 'declined', declineCode }
      await this.#append({ kind: 'charge', key, asked: fingerprint(request), at: new Date().toISOString(), answer })
      return answer
    })
  }

  /** Gives a charge back in full, once, whatever the keys it is asked under. */
  recordRefund(key: string, request: RefundRequest): Promise<RefundAnswer | Reused> {
    return this.#inTurn(async () => {
      const earlier = this.#refunds.get(key)
      if (earlier !== undefined && earlier.chargeKey !== request.chargeKey) return { status: 'idempotency_key_reused' }
      const made = earlier ?? this.#refundOf.get(request.chargeKey)
      if (made !== undefined) return made.answer

      const charged = this.#charges.get(request.chargeKey)?.answer
      const answer: RefundAnswer =
        charged?.status === 'charged'
          ? { status: 'refunded', refundId: randomUUID(), amountMinor: charged.amountMinor, currency: charged.currency }
          : { status: 'nothing_charged' }
      const { chargeKey } = request
      await this.#append({ kind: 'refund', key, asked: fingerprint(request), at: new Date().toISOString(), chargeKey, answer })
      return answer
    })
  }

  entries(): readonly Entry[] {
    return this.#entries
  }

  /** Adds up what was charged and given back, by currency. */
  totals(): Record<string, Totals> {
    const totals: Record<string, Totals> = {}
    const of = (currency: string): Totals => (totals[currency] ??= { chargedMinor: 0, refundedMinor: 0 })
    for (const { answer } of this.#entries) {
      if (answer.status === 'charged') of(answer.currency).chargedMinor += answer.amountMinor
      if (answer.status === 'refunded') of(answer.currency).refundedMinor += answer.amountMinor
    }
    return totals
  }

  /** Waits for what is being written, then closes the file. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#file.close())
  }

  async #append(entry: Entry): Promise<void> {
    await this.#file.append(entry)
    this.#remember(entry)
  }

  #remember(entry: Entry): void {
    this.#entries.push(entry)
    if (entry.kind === 'charge') this.#charges.set(entry.key, entry)
    else {
      this.#refunds.set(entry.key, entry)
      this.#refundOf.set(entry.chargeKey, entry)
    }
  }

  /** One decision at a time: each sees what the one before it wrote. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const mine = this.#last.then(work)
    this.#last = mine.catch(() => undefined)
    return mine
  }
}

/** A digest rather than the request: a card token has no place in a ledger. */
function fingerprint(request: ChargeRequest | RefundRequest): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('hex')
}
