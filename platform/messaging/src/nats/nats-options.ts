import type { NodeConnectionOptions } from '@nats-io/transport-node'
import { inboxOf } from './nats-permissions.ts'

/** How long a publish or a request to the broker may take. */
export const brokerTimeoutMs = 2_000

/** Gives a pause before the next attempt to connect; by chance, so that a hundred instances do not all come back at once. */
export function reconnectDelayMs(): number {
  return 200 + Math.floor(Math.random() * 600)
}

/**
 * Reads `nats://[user:password@]host:port`, or several with commas between, into the client's options. A connection
 * once made is never given up; the first one is not waited for by the client, so that whoever starts it can stop. Throws
 * `TypeError`, which does not repeat the address, for one that cannot be read.
 */
export function natsOptions({ url, name }: { url: string; name: string }): NodeConnectionOptions {
  const addresses = addressesIn(url)
  const [first] = addresses
  const user = userIn(url)
  return {
    servers: addresses.map(({ hostname, port }) => `${hostname}:${port === '' ? '4222' : port}`),
    name,
    // Answers come to an inbox of the user's own: permissions keep everybody else from listening there.
    ...(user === undefined ? {} : { user, pass: decodeURIComponent(first?.password ?? ''), inboxPrefix: inboxOf(user) }),
    ...(first?.protocol === 'tls:' ? { tls: {} } : {}),
    timeout: brokerTimeoutMs,
    waitOnFirstConnect: false,
    maxReconnectAttempts: -1,
    ignoreAuthErrorAbort: true,
    reconnectDelayHandler: reconnectDelayMs,
    pingInterval: 20_000,
    maxPingOut: 2,
  }
}

/** Gives the user an address names, to say in errors who was refused; never the password. */
export function userIn(url: string): string | undefined {
  const username = addressesIn(url)[0]?.username
  return username === undefined || username === '' ? undefined : decodeURIComponent(username)
}

// The URL class would put the whole text, password included, into its error.
function addressesIn(url: string): URL[] {
  return url.split(',').map((one) => {
    const address = URL.parse(one.trim())
    if (address === null) throw new TypeError('the address of the broker cannot be read; write nats://user:password@host:port')
    return address
  })
}
