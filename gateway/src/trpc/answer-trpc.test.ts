import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask, type Asked } from '../testing/ask.ts'
import { openGround, type Ground } from '../testing/ground.ts'

let ground: Ground
beforeAll(async () => {
  ground = await openGround()
})
afterAll(() => ground[Symbol.asyncDispose]())

const asks = (path: string, asked?: Asked) => ask(ground.url, `/trpc/${path}`, asked)
const input = (value: unknown): string => encodeURIComponent(JSON.stringify(value))

describe('a typed client’s call', () => {
  it('is answered in the envelope the service wrote', async () => {
    expect((await asks(`teas.getTea?input=${input({ teaId: 'assam' })}`)).text).toBe('{"result":{"data":{"teaId":"assam"}}}')
    expect((await asks('teas_v1.getTea', { method: 'POST', body: { teaId: 'assam' } })).status).toBe(200)
  })

  it('hears a declared error with its data', async () => {
    const { status, body } = await asks(`teas.getTea?input=${input({ teaId: 'coffee' })}`)
    expect(status).toBe(404)
    expect(body.error).toMatchObject({
      code: -32004,
      data: { code: 'NOT_FOUND', httpStatus: 404, reason: 'tea_not_found', path: 'teas.getTea', details: { teaId: 'coffee' } },
    })
  })

  it('is made as its customer, under its key', async () => {
    const { body } = await asks('teas.brewTea', {
      method: 'POST',
      token: await ground.tokenFor('ada'),
      headers: { 'idempotency-key': 'k-1' },
      body: { teaId: 'assam', cups: 2 },
    })
    expect(body.result.data).toEqual({ teaId: 'assam', cups: 2, brewedFor: 'ada' })
    expect(ground.services.teas.recorded.at(-1)?.headers['idempotency-key']).toBe('k-1')
  })

  const get = (path: string) => ({ path, asked: {} })
  const post = (path: string, body?: unknown) => ({ path, asked: { method: 'POST', ...(body === undefined ? {} : { body }) } as const })
  it.each([
    { what: 'of nobody', ...get('teas.drinkTea'), ends: [404, 'unknown_operation'] },
    { what: 'only services may make', ...post('teas.restock', {}), ends: [404, 'unknown_operation'] },
    { what: 'that changes something by GET', ...get('teas.reviewTea'), ends: [405, 'method_not_supported'] },
    { what: 'without a token', ...get('cups.findMyCup'), ends: [401, 'unauthenticated'] },
    { what: 'with an input that is no JSON', ...get('teas.getTea?input=%7B'), ends: [400, 'invalid_json'] },
    { what: 'with a body that is no JSON', ...post('teas.getTea', '{'), ends: [400, 'invalid_json'] },
    { what: 'with an input its contract refuses', ...post('teas.getTea', { teaId: 7 }), ends: [400, 'invalid_input'] },
    { what: 'without an input', ...post('teas.getTea'), ends: [400, 'invalid_input'] },
    { what: 'with a list of names that is no batch', ...get('teas.getTea,cups.countCups'), ends: [404, 'unknown_operation'] },
    { what: 'larger than it may be', ...post('teas.reviewTea', { words: 'x'.repeat(3_000) }), ends: [413, 'body_too_large'] },
  ])('$what is refused', async ({ path, asked, ends }) => {
    const { status, body } = await asks(path, asked)
    expect([status, body.error.data.reason]).toEqual(ends)
  })
})

describe('a batch', () => {
  it('spans services and keeps its order', async () => {
    const inputs = input({ 0: {}, 1: { teaId: 'assam' }, 2: {} })
    const { status, text } = await asks(`cups.countCups,teas.getTea,cups.countCups?batch=1&input=${inputs}`)
    expect(status).toBe(200)
    expect(text).toBe('[{"result":{"data":{"cups":12}}},{"result":{"data":{"teaId":"assam"}}},{"result":{"data":{"cups":12}}}]')
  })

  it('lets each part fail on its own, at its place', async () => {
    const names = 'cups.countCups,teas.getTea,teas.drinkTea,cups.findMyCup,teas.reviewTea,teas.getTea'
    const { status, body } = await asks(`${names}?batch=1&input=${input({ 0: {}, 1: { teaId: 'coffee' }, 3: {}, 5: { teaId: 'mint' } })}`)
    expect(status).toBe(207)
    expect(body.map((part: any) => part.error?.data.reason ?? part.result.data)).toEqual([
      { cups: 12 },
      'tea_not_found',
      'unknown_operation',
      'unauthenticated',
      'method_not_supported',
      { teaId: 'mint' },
    ])
  })

  it('fails as one where every part fails alike', async () => {
    const { status, body } = await asks('teas.drinkTea,teas.pourTea?batch=1')
    expect(status).toBe(404)
    expect(body).toHaveLength(2)
  })

  it('comes by POST too', async () => {
    const { body } = await asks('cups.countCups,teas.getTea?batch=1', { method: 'POST', body: { 0: {}, 1: { teaId: 'assam' } } })
    expect(body[1]).toEqual({ result: { data: { teaId: 'assam' } } })
  })

  it('goes on while one of its services is away', async () => {
    await using apart = await openGround()
    await apart.services.cups.stop()
    const { status, body } = await ask(
      apart.url,
      `/trpc/cups.countCups,teas.getTea?batch=1&input=${input({ 0: {}, 1: { teaId: 'mint' } })}`,
    )
    expect(status).toBe(207)
    expect(body[0].error.data.reason).toBe('unavailable')
    expect(body[1].result.data).toEqual({ teaId: 'mint' })
  })

  it('gives one key to one operation only', async () => {
    const request = {
      method: 'POST',
      token: await ground.tokenFor('ada'),
      headers: { 'idempotency-key': 'k-9' },
      body: { 0: { teaId: 'assam', cups: 1 }, 1: { teaId: 'mint', cups: 1 } },
    } as const
    ground.services.teas.recorded.length = 0
    const { status, body } = await asks('teas.brewTea,teas.brewTea?batch=1', request)
    expect([status, body.error.data.reason]).toEqual([400, 'idempotency_key_invalid'])
    expect(ground.services.teas.recorded).toEqual([])
    expect((await asks('teas.brewTea,cups.countCups?batch=1', { ...request, body: { 0: request.body[0], 1: {} } })).status).toBe(200)
  })

  it('is neither too long nor something else than named inputs', async () => {
    const many = Array.from({ length: 21 }, () => 'cups.countCups').join(',')
    expect((await asks(`${many}?batch=1`)).body.error.data.reason).toBe('batch_too_large')
    const listed = await asks('cups.countCups?batch=1', { method: 'POST', body: [{}] })
    expect(listed.body.error.data.reason).toBe('invalid_json')
  })
})
