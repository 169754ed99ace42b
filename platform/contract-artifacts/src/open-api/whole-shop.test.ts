import { defineContract, mutation, platformReasons, query, z } from '@ashlar/contract'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { openApiOf } from './whole-shop.ts'

const Tea = z.object({ teaId: z.string(), grams: z.int().default(100) }).meta({ id: 'Tea' })
const shelf = defineContract({
  name: 'shelf',
  version: 1,
  operations: {
    getTea: query({
      input: z.strictObject({ teaId: z.string(), fresh: z.boolean().optional() }),
      output: Tea,
      policy: { access: 'open' },
      deprecated: { since: '2026-11-01' },
      rest: { method: 'GET', path: '/v1/teas/{teaId}' },
    }),
    brewTea: mutation({
      input: z.strictObject({ teaId: z.string(), cups: z.int().min(1) }),
      output: z.object({ brewId: z.string() }),
      errors: { no_water: { status: 'CONFLICT', data: z.object({ litres: z.number() }) } },
      policy: { access: 'customer', idempotency: 'key' },
      rest: { method: 'POST', path: '/v1/teas/{teaId}/brews', status: 202 },
    }),
    countTeas: query({ input: z.strictObject({}), output: z.object({ teas: z.int() }), policy: { access: { services: ['kitchen'] } } }),
  },
})
const document: any = openApiOf([shelf], { title: 'Shelf', version: '1', description: 'Tea.' })

it('is an OpenAPI 3.1 document to a validator that is not ours', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

it('puts fields of the address in the address and the rest in query or body', () => {
  expect(document.paths['/v1/teas/{teaId}'].get.parameters).toMatchObject([
    { name: 'teaId', in: 'path', required: true },
    { name: 'fresh', in: 'query', required: false, schema: { type: 'boolean' } },
  ])
  const { schema } = document.paths['/v1/teas/{teaId}/brews'].post.requestBody.content['application/json']
  expect(schema).toMatchObject({ required: ['cups'], additionalProperties: false })
  expect(Object.keys(schema.properties)).toEqual(['cups'])
})

it('leaves answers open and names shared shapes', () => {
  expect(document.components.schemas.Tea.additionalProperties).toBeUndefined()
  expect(document.paths['/v1/teas/{teaId}'].get.responses['200'].content['application/json'].schema).toEqual({
    $ref: '#/components/schemas/Tea',
  })
})

it('lists declared errors beside the platform’s own, by status', () => {
  const { responses } = document.paths['/v1/teas/{teaId}/brews'].post
  expect(responses['409'].description).toBe('request_in_flight, no_water')
  expect(['409', '422', '429', '503'].filter((status) => 'Retry-After' in (responses[status].headers ?? {}))).toEqual(['409', '429', '503'])
  expect(Object.keys(responses)).toEqual(['202', '400', '401', '409', '413', '422', '429', '503', '504', 'default'])
})

it('marks what will go', () => {
  const { get } = document.paths['/v1/teas/{teaId}']
  expect([get.deprecated, get['x-deprecation']]).toEqual([true, { since: '2026-11-01' }])
  expect(document.paths['/v1/teas/{teaId}/brews'].post.deprecated).toBeUndefined()
})

it('shows nothing that only services may call', () => {
  expect(JSON.stringify(document)).not.toContain('countTeas')
})

it('closes the list of the platform’s codes', () => {
  expect(document.components.schemas.PlatformReason.enum).toEqual([...platformReasons])
  const known = new Set<string>(platformReasons)
  const { responses } = document.paths['/v1/teas/{teaId}'].get
  const codes = ['400', '429', '503', '504'].flatMap((status) => responses[status].description.split(', '))
  expect(codes.filter((code) => !known.has(code))).toEqual([])
})
