import { annotate, contextHeaders, currentContext, formatTraceparent, inSpan } from '@observability/telemetry'
import type { ChargeOutcome, RefundOutcome } from '../domain/charge.ts'
import { CardProviderUnavailableError, type CardProvider } from '../ports.ts'

const timeoutMs = 10_000

interface Reply {
  readonly status: number
  readonly body: { readonly status?: string; readonly declineCode?: string }
}

interface Asked extends RequestInit {
  readonly signal: AbortSignal
  readonly headers?: Record<string, string>
}

interface Question<Outcome> {
  /** The path without what differs from charge to charge: the name of its span. */
  readonly route: string
  readonly path?: string
  readonly init: Asked
  readonly outcomeOf: (reply: Reply) => Outcome
}

/** Speaks to the card provider over HTTP, each question in a span of its own; it ends after ten seconds. */
export function httpCardProvider(url: string): CardProvider {
  const { hostname, port } = new URL(url)
  const server = { 'server.address': hostname, 'server.port': Number(port === '' ? 80 : port) }
  const ask = <Outcome>({ route, path = route, init, outcomeOf }: Question<Outcome>): Promise<Outcome> => {
    const { method = 'GET' } = init
    return inSpan(`${method} ${route}`, { kind: 'client', attributes: { 'http.request.method': method, ...server } }, async () => {
      const reply = await send(new URL(path, url), init)
      annotate({ 'http.response.status_code': reply.status })
      return outcomeOf(reply)
    })
  }
  const post = (body: object, { key, signal }: { key: string; signal: AbortSignal }) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify(body),
    signal,
  })

  const find: CardProvider['find'] = ({ key, signal }) =>
    ask({
      route: '/charges/by-key/{key}',
      path: `/charges/by-key/${encodeURIComponent(key)}`,
      init: { signal },
      outcomeOf: (reply) => (reply.status === 404 ? undefined : chargeOutcome(reply)),
    })

  return {
    find,
    async charge({ orderId, amount, token }, to) {
      const init = post({ ...amount, token, reference: orderId }, to)
      const outcome = await ask({ route: '/charges', init, outcomeOf: (reply) => (isOther(reply) ? undefined : chargeOutcome(reply)) })
      return (
        outcome ?? (await find(to)) ?? Promise.reject(new CardProviderUnavailableError('the card provider knows this charge, and does not'))
      )
    },
    refund: (chargeKey, to) => ask({ route: '/refunds', init: post({ chargeKey }, to), outcomeOf: refundOutcome }),
  }
}

async function send(url: URL, { headers, ...init }: Asked): Promise<Reply> {
  const trace = currentContext()?.trace
  const traced = trace === undefined ? {} : { [contextHeaders.traceparent]: formatTraceparent(trace) }
  try {
    const signal = AbortSignal.any([init.signal, AbortSignal.timeout(timeoutMs)])
    const response = await fetch(url, { ...init, headers: { ...headers, ...traced }, signal })
    return { status: response.status, body: (await response.json()) as Reply['body'] }
  } catch (cause) {
    throw new CardProviderUnavailableError('the card provider did not answer', { cause })
  }
}

/** Two asked at once for the charge of one order, each with a card of its own: the other one came first, and how that ended holds for both. */
function isOther({ status, body }: Reply): boolean {
  return status === 422 && body.status === 'idempotency_key_reused'
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
