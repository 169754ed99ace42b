import { IncomingMessage } from 'node:http'
import { Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { callerAddress } from './caller-address.ts'

function from(address: string, forwardedFor?: string): IncomingMessage {
  const socket = new Socket()
  Object.defineProperty(socket, 'remoteAddress', { value: address })
  const request = new IncomingMessage(socket)
  if (forwardedFor !== undefined) request.headers['x-forwarded-for'] = forwardedFor
  return request
}

describe('the address a caller is counted by', () => {
  it('is the connection’s own where no proxy is trusted, whatever the caller writes', () => {
    expect(callerAddress(from('203.0.113.7', '1.2.3.4'), 0)).toBe('203.0.113.7')
  })

  it('is what the outermost trusted proxy saw', () => {
    expect(callerAddress(from('10.0.0.1', 'forged, 203.0.113.7'), 1)).toBe('203.0.113.7')
    expect(callerAddress(from('10.0.0.1', 'forged, 203.0.113.7, 10.0.0.2'), 2)).toBe('203.0.113.7')
  })

  it('is the connection’s own where the proxies wrote less than they should', () => {
    expect(callerAddress(from('10.0.0.1', '203.0.113.7'), 2)).toBe('10.0.0.1')
    expect(callerAddress(from('10.0.0.1'), 1)).toBe('10.0.0.1')
  })

  it.each([
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
  ])('is one for all addresses of a subscriber: %s', (address, counted) => {
    expect(callerAddress(from(address), 0)).toBe(counted)
  })
})
