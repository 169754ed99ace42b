import type { ChargeOutcome, RefundOutcome } from '../domain/charge.ts'
import { CardProviderUnavailableError, type CardProvider } from '../ports.ts'

const timeoutMs = 10_000

interface Reply {
  readonly status: number
  readonly body: { readonly status?: string; readonly declineCode?: string }
}

/** Speaks to the card provider over HTTP; each question ends after ten seconds. */
export function httpCardProvider(url: string): CardProvider {
  const ask = async (path: string, init: RequestInit & { signal: AbortSignal }): Promise<Reply> => {
    try {
      const signal = AbortSignal.any([init.signal, AbortSignal.timeout(timeoutMs)])
      const response = await fetch(new URL(path, url), { ...init, signal })
      return { status: response.status, body: (await response.json()) as Reply['body'] }
    } catch (cause) {
      throw new CardProviderUnavailableError('the card provider did not answer', { cause })
    }
  }
  const post = (path: string, body: object, { key, signal }: { key: string; signal: AbortSignal }) =>
    ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify(body),
      signal,
    })

  return {
    async find({ key, signal }) {
      const reply = await ask(`/charges/by-key/${encodeURIComponent(key)}`, { signal })
      return reply.status === 404 ? undefined : chargeOutcome(reply)
    },
    async charge({ orderId, amount, token }, to) {
      return chargeOutcome(await post('/charges', { ...amount, token, reference: orderId }, to))
    },
    async refund(chargeKey, to) {
      return refundOutcome(await post('/refunds', { chargeKey }, to))
    },
  }
}

/** Only an answer that is certain is one: with anything else the charge is asked for again, under the same key. */
function chargeOutcome({ status, body }: Reply): ChargeOutcome {
  if (body.status === 'charged') return { kind: 'charged' }
  if (body.status === 'declined') return { kind: 'declined', declineCode: body.declineCode ?? 'unknown' }
  if (body.status === 'charge_cancelled') return { kind: 'cancelled' }
  throw new CardProviderUnavailableError(`the card provider answered ${status} ${body.status ?? ''}`)
}

function refundOutcome({ status, body }: Reply): RefundOutcome {
  if (body.status === 'refunded' || body.status === 'nothing_charged') return body.status
  throw new CardProviderUnavailableError(`the card provider answered ${status} ${body.status ?? ''}`)
}
