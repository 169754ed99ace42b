import { describe, expect, it } from 'vitest'
import { readTarget, TargetRefusedError } from './canonical-target.ts'

describe('a request target', () => {
  it('keeps an ordinary path and its query', () => {
    const target = readTarget('/v1/products?search=earl%20grey&limit=5')
    expect(target.path).toBe('/v1/products')
    expect(target.query.get('search')).toBe('earl grey')
  })

  it('reads escaped and plain letters as one path', () => {
    expect(readTarget('/v1/%70roducts').path).toBe('/v1/products')
  })

  it('keeps the commas of a batch', () => {
    expect(readTarget('/trpc/orders.getOrder,catalogue.getProduct?batch=1').path).toBe('/trpc/orders.getOrder,catalogue.getProduct')
  })

  it.each([
    ['another host', 'http://elsewhere/v1/users/me'],
    ['a doubled slash', '//elsewhere/v1'],
    ['a trailing slash', '/v1/products/'],
    ['dot segments', '/v1/../admin'],
    ['encoded dot segments', '/v1/%2e%2e/admin'],
    ['half-encoded dot segments', '/v1/.%2E/admin'],
    ['an encoded slash', '/v1/products/a%2fb'],
    ['an encoded backslash', '/v1/products/a%5cb'],
    ['a backslash', '/v1\\..\\admin'],
    ['double encoding', '/v1/%252e%252e/admin'],
    ['a zero byte', '/v1/products/a%00b'],
    ['a bad escape', '/v1/products/%zz'],
    ['overlong UTF-8', '/v1/%c0%ae%c0%ae/admin'],
    ['a fragment', '/v1/products#/admin'],
    ['a raw high byte', '/v1/prod\u00fccts'],
    ['asterisk form', '*'],
  ])('refuses %s', (_what, raw) => {
    expect(() => readTarget(raw)).toThrow(TargetRefusedError)
  })

  it('is stable: reading its own path again changes nothing', () => {
    for (const raw of ['/v1/orders/0190a', '/v1/%7Euser/x%20y', '/a,b/c:d@e']) {
      const { path } = readTarget(raw)
      expect(readTarget(path).path).toBe(path)
    }
  })
})
