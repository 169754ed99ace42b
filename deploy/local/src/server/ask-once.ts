import { text } from 'node:stream/consumers'
import { http } from '@observability/telemetry'

/** Asks a server of this machine once, on a connection of its own. Gives what it says with a 2xx, and `undefined` for all else. Never throws. No `fetch`: the supervisor would hold Node's whole HTTP client. */
export async function askOnce(url: string, timeoutMs = 1_000): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>()
  const request = http.get(url, { agent: false, signal: AbortSignal.timeout(timeoutMs) }, (response) => {
    const { statusCode = 0 } = response
    const isWell = statusCode >= 200 && statusCode < 300
    text(response).then(
      (said) => resolve(isWell ? said : undefined),
      () => resolve(undefined),
    )
  })
  request.on('error', () => resolve(undefined))
  return promise
}
