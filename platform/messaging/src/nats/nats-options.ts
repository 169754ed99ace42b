import type { NodeConnectionOptions } from '@nats-io/transport-node'

/** How long a publish or a request to the broker may take. */
export const brokerTimeoutMs = 2_000

/** Gives a pause before the next attempt to connect; by chance, so that a hundred instances do not all come back at once. */
export function reconnectDelayMs(): number {
  return 200 + Math.floor(Math.random() * 600)
}

/**
 * Reads `nats://[user:password@]host:port`, or several with commas between, into the client's options. A connection
 * once made is never given up; the first one is not waited for by the client, so that whoever starts it can stop.
 */
export function natsOptions({ url, name }: { url: string; name: string }): NodeConnectionOptions {
  const addresses = url.split(',').map((one) => new URL(one.trim()))
  const [first] = addresses
  return {
    servers: addresses.map(({ hostname, port }) => `${hostname}:${port === '' ? '4222' : port}`),
    name,
    ...(first?.username ? { user: decodeURIComponent(first.username), pass: decodeURIComponent(first.password) } : {}),
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
