import { platformReasons } from '@ashlar/contract'
import { problemOf } from '@ashlar/service'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground[Symbol.asyncDispose]())

const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'

describe('a problem document', () => {
  it('has the members of RFC 9457, a code and the trace id, and nothing it does not need', () => {
    expect(problemOf({ status: 404, code: 'not_found', detail: 'nothing answers at this address' }, traceId)).toEqual({
      type: 'urn:ashlar:problem:not_found',
      title: 'Not Found',
      status: 404,
      code: 'not_found',
      detail: 'nothing answers at this address',
      traceId,
    })
  })

  it('carries what a declared error carries', async () => {
    const { status, headers, body } = await ask(ground.url, '/v1/teas/coffee')
    expect(status).toBe(404)
    expect(headers['content-type']).toBe('application/problem+json')
    expect(body).toMatchObject({ code: 'tea_not_found', status: 404, data: { teaId: 'coffee' } })
  })

  it('names every issue of an input, where and what', async () => {
    const token = await ground.tokenFor('ada')
    const { status, body } = await ask(ground.url, '/v1/teas/assam/brews', {
      method: 'POST',
      token,
      headers: { 'idempotency-key': 'k-1' },
      body: { cups: 'two', sugar: 1 },
    })
    expect(status).toBe(400)
    expect(body.code).toBe('invalid_input')
    expect(body.issues.map(({ path }: { path: string[] }) => path)).toEqual([['cups'], ['sugar']])
  })

  it('belongs to the trace the caller began', async () => {
    const { body, headers } = await ask(ground.url, '/v1/nothing', {
      headers: { traceparent: `00-${traceId}-00f067aa0ba902b7-01`, 'x-request-id': 'order-desk-42' },
    })
    expect(body.traceId).toBe(traceId)
    expect(headers['x-request-id']).toBe('order-desk-42')
  })

  it('says where else to go when the method is wrong', async () => {
    const { status, headers, body } = await ask(ground.url, '/v1/teas', { method: 'DELETE' })
    expect(status).toBe(405)
    expect(headers['allow']).toBe('GET, HEAD, POST')
    expect(body.code).toBe('method_not_supported')
    expect((await ask(ground.url, '/v1/teas', { method: 'TRACE' })).status).toBe(405)
  })

  it('uses the platform’s codes for all the gateway decides itself', async () => {
    const paths = ['/nowhere', '/v1/teas?shade=dark', '/v1/cups/mine', '/v1/teas//x']
    const codes = await Promise.all(paths.map(async (path) => (await ask(ground.url, path)).body.code as string))
    expect(codes).toEqual(['not_found', 'invalid_input', 'unauthenticated', 'bad_target'])
    expect(codes.filter((code) => !(platformReasons as readonly string[]).includes(code))).toEqual([])
  })
})

describe('HEAD', () => {
  it('is answered as GET is, without the body', async () => {
    const got = await ask(ground.url, '/v1/teas/assam')
    const { status, headers, text } = await ask(ground.url, '/v1/teas/assam', { method: 'HEAD' })
    expect(status).toBe(200)
    expect(headers['content-length']).toBe(got.headers['content-length'])
    expect(text).toBe('')
    expect((await ask(ground.url, '/v1/teas/coffee', { method: 'HEAD' })).status).toBe(404)
    expect((await ask(ground.url, '/openapi.json', { method: 'HEAD' })).status).toBe(200)
  })
})
