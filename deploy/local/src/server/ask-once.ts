import { text } from 'node:stream/consumers'

// Not imported, and no `fetch` either: both bring the whole HTTP client of Node, 14 MB for as long as the supervisor lives.
const http = process.getBuiltinModule('node:http')

/** Asks a server of this machine once, on a connection of its own. Gives what it says with a 2xx, and `undefined` for all else. Never throws. */
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
