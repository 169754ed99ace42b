import { expect } from 'vitest'
import type { HttpAnswer } from './http.ts'
import { auditLedger } from './ledger.ts'
import type { PlacedOrder } from './placed-order.ts'
import { flawsOf, type ExpectedProblem } from './problem-document.ts'
import type { Shop } from './shop.ts'

type ProblemArguments = [status: number, code: string, more?: Pick<ExpectedProblem, 'issueAt'>]

interface ShopMatchers<R> {
  /** Waits for the order's end and compares its status, and its reason where one is given. */
  toEndAs(status: string, expected?: { reason?: string }): Promise<R>
  /** Stock and money add up to the last unit, over the databases and the card provider's own ledger. */
  toBalance(): Promise<R>
  /** It is a whole problem document (RFC 9457) with this status and code, and an issue at the path given, if one is. */
  toBeProblem(...expected: ProblemArguments): R
}

declare module 'vitest' {
  // vitest merges matchers into this interface
  interface Matchers<R extends void | Promise<void>, T> extends ShopMatchers<R> {
    readonly subject?: T
  }
}

expect.extend({
  async toEndAs(order: PlacedOrder, status: string, { reason }: { reason?: string } = {}) {
    const ended = await order.ended()
    const pass = ended.status === status && (reason === undefined || ended.reason === reason)
    const wanted = reason === undefined ? status : `${status} (${reason})`
    const course = pass ? [] : await order.course()
    const message = () =>
      `order ${order.id} ended as ${ended.status} (${ended.reason ?? 'no reason'}), not as ${wanted}:\n  ${course.join('\n  ')}`
    return { pass, message }
  },
  async toBalance(shop: Shop) {
    const { differences } = await auditLedger(shop, { settleMs: 120_000 })
    return { pass: differences.length === 0, message: () => `the ledger does not balance:\n  ${differences.join('\n  ')}` }
  },
  toBeProblem(answer: HttpAnswer<any>, ...[status, code, { issueAt } = {}]: ProblemArguments) {
    const flaws = flawsOf(answer, { status, code, issueAt })
    return {
      pass: flaws.length === 0,
      message: () => `not the problem ${status} ${code}:\n  ${flaws.join('\n  ')}\n  answered: ${JSON.stringify(answer.body)}`,
    }
  },
})
