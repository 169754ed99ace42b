import type { IncomingMessage } from 'node:http'
import { isIPv6 } from 'node:net'

/**
 * Gives the address a caller is counted by. Behind `trustedHops` proxies it is what the outermost of them saw; with none the
 * connection's own. An IPv6 caller is counted by its /64, since everybody has that many addresses to spare.
 */
export function callerAddress(request: IncomingMessage, trustedHops: number): string {
  const direct = request.socket.remoteAddress ?? 'unknown'
  if (trustedHops === 0) return countedAs(direct)
  const hops = (request.headers['x-forwarded-for'] ?? '').toString().split(',')
  return countedAs(hops.at(-trustedHops)?.trim() || direct)
}

function countedAs(address: string): string {
  // most are IPv4, and seen at once not to be the other
  if (!address.includes(':')) return address
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.split('%', 1).join('').split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail === undefined || tail === '' ? [] : tail.split(':')
  const groups = tail === undefined ? left : [...left, ...Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0'), ...right]
  return `${groups.slice(0, 4).join(':')}::/64`
}
