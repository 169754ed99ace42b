export interface Reply {
  readonly status: number
  readonly body: Record<string, unknown>
}

/** Speaks to a card provider the way a shop does. */
export function cardClient(url: string) {
  const ask = async (path: string, init?: RequestInit): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, init)
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }
  const post = (path: string, key: string, body: unknown) =>
    ask(path, { method: 'POST', headers: { 'idempotency-key': key }, body: JSON.stringify(body) })
  return {
    charge: (key: string, token: string, amountMinor = 1_250) =>
      post('/charges', key, { amountMinor, currency: 'EUR', token, reference: 'order-1' }),
    refund: (key: string, chargeKey: string) => post('/refunds', key, { chargeKey }),
    get: (path: string) => ask(path),
  }
}

export type CardClient = ReturnType<typeof cardClient>
