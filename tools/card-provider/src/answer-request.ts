import type { IncomingMessage } from 'node:http'
import type { AskBank } from './bank.ts'
import type { Ledger } from './ledger.ts'
import { readCharge, readKey, readRefund, RequestUnreadableError } from './read-request.ts'

/** What is sent back: a status and a JSON body. */
export interface Reply {
  readonly status: number
  readonly body: unknown
}

export interface Provider {
  readonly ledger: Ledger
  readonly askBank: AskBank
}

const statusOf = {
  charged: 201,
  declined: 402,
  refunded: 201,
  nothing_charged: 200,
  charge_cancelled: 409,
  idempotency_key_reused: 422,
} as const

const notFound: Reply = { status: 404, body: { status: 'not_found' } }

/** Answers one request. */
export async function answerRequest(provider: Provider, request: IncomingMessage): Promise<Reply> {
  const { ledger } = provider
  const { pathname } = new URL(request.url ?? '/', 'http://provider')
  const [, collection, by, key] = pathname.split('/')
  try {
    if (request.method === 'POST' && pathname === '/charges') return await charge(provider, request)
    if (request.method === 'POST' && pathname === '/refunds')
      return answered(await ledger.recordRefund(readKey(request), await readRefund(request)))
    if (request.method === 'GET' && pathname === '/ledger')
      return { status: 200, body: { totals: ledger.totals(), entries: ledger.entries() } }
    if (request.method === 'GET' && pathname === '/health') return { status: 200, body: { status: 'ok' } }
    if (request.method === 'GET' && by === 'by-key' && key !== undefined) return found(ledger, collection, decodeURIComponent(key))
    return notFound
  } catch (error) {
    if (error instanceof RequestUnreadableError) return { status: error.status, body: { status: error.code } }
    throw error
  }
}

async function charge({ ledger, askBank }: Provider, request: IncomingMessage): Promise<Reply> {
  const key = readKey(request)
  const asked = await readCharge(request)
  const earlier = ledger.repeated(key, asked)
  if (earlier !== undefined) return answered(earlier)

  const bank = await askBank(asked.token, key)
  if (bank.kind === 'unavailable') return { status: 503, body: { status: 'unavailable' } }
  return answered(await ledger.recordCharge(key, asked, bank.kind === 'declined' ? bank.declineCode : undefined))
}

function answered(answer: { readonly status: keyof typeof statusOf }): Reply {
  return { status: statusOf[answer.status], body: answer }
}

function found(ledger: Ledger, collection: string | undefined, key: string): Reply {
  const answer = collection === 'charges' ? ledger.charge(key) : collection === 'refunds' ? ledger.refund(key) : undefined
  return answer === undefined ? notFound : { status: 200, body: answer }
}
