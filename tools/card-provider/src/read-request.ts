import type { IncomingMessage } from 'node:http'
import type { ChargeRequest, RefundRequest } from './ledger.ts'

/** A request that cannot be understood; answered with its status and code. */
export class RequestUnreadableError extends Error {
  override readonly name = 'RequestUnreadableError'
  readonly status: number
  readonly code: string
  constructor(status: number, code: string) {
    super(code)
    this.status = status
    this.code = code
  }
}

const maxBodyBytes = 16_384

/** Reads the key a request is known by. Throws `RequestUnreadableError`. */
export function readKey(request: IncomingMessage): string {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || key.length === 0 || key.length > 500) throw new RequestUnreadableError(400, 'idempotency_key_missing')
  return key
}

/** Reads a charge. Throws `RequestUnreadableError`. */
export async function readCharge(request: IncomingMessage): Promise<ChargeRequest> {
  const { amountMinor, currency, token, reference } = await readBody(request)
  if (
    Number.isSafeInteger(amountMinor) &&
    (amountMinor as number) > 0 &&
    typeof currency === 'string' &&
    /^[A-Z]{3}$/.test(currency) &&
    typeof token === 'string' &&
    typeof reference === 'string'
  )
    return { amountMinor: amountMinor as number, currency, token, reference }
  throw new RequestUnreadableError(400, 'invalid_charge')
}

/** Reads a refund. Throws `RequestUnreadableError`. */
export async function readRefund(request: IncomingMessage): Promise<RefundRequest> {
  const { chargeKey } = await readBody(request)
  if (typeof chargeKey === 'string' && chargeKey.length > 0) return { chargeKey }
  throw new RequestUnreadableError(400, 'invalid_refund')
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maxBodyBytes) throw new RequestUnreadableError(413, 'body_too_large')
    chunks.push(chunk)
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch {
    // answered below, like any other body that is not an object
  }
  throw new RequestUnreadableError(400, 'invalid_json')
}
