import { defineContract, query, z } from '@ashlar/contract'
import { describe, expect, it } from 'vitest'
import { openApiComplaints } from '../testing/openapi-complaints.ts'
import { teaHouse } from '../testing/tea-house.ts'
import { restFaceOf } from './rest-face.ts'
import { rpcFaceOf } from './rpc-face.ts'
import { writeOpenApi } from './write-open-api.ts'

const rpc: any = rpcFaceOf(teaHouse)
const rest: any = restFaceOf(teaHouse)
const refTo = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const allowed = { policy: { access: { services: ['kitchen'] } } } as const

describe('the validators', () => {
  it('each find what is wrong', async () => {
    const { openapi, info } = rpc
    const broken = { openapi, info, paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: 1 } } } } } }
    const complaints = await openApiComplaints(broken)
    expect(complaints.join('\n')).toMatch(/"instancePath"[\s\S]*struct/)
    const dangling = {
      openapi,
      info,
      paths: { '/a': { get: { operationId: 'a', responses: { 200: { $ref: '#/components/responses/No' } } } } },
    }
    expect((await openApiComplaints(dangling)).join()).toContain('no-unresolved-refs')
  })
})

describe('the face between services', () => {
  it('is OpenAPI 3.1 to two validators', async () => {
    expect(await openApiComplaints(rpc)).toEqual([])
  })

  it('is one POST for each operation, the input as its body and the answer in its envelope', () => {
    expect(Object.keys(rpc.paths)).toEqual([
      '/rpc/teahouse.v1/brewTea',
      '/rpc/teahouse.v1/findTea',
      '/rpc/teahouse.v1/listShelves',
      '/rpc/teahouse.v1/washCups',
    ])
    const { requestBody, responses } = rpc.paths['/rpc/teahouse.v1/brewTea'].post
    expect(requestBody.content['application/json'].schema).toEqual(refTo('BrewTeaInput'))
    expect(responses['200'].content['application/json'].schema).toEqual(refTo('BrewTeaSuccess'))
    expect(rpc.components.schemas.BrewTeaSuccess.properties.result).toEqual(refTo('BrewTeaResult'))
    expect(rpc.components.schemas.BrewTeaResult.properties.data).toEqual(refTo('Brew'))
  })

  it('asks for an idempotency key where the contract does', () => {
    const parametersOf = (operation: string) => rpc.paths[`/rpc/teahouse.v1/${operation}`].post.parameters.map((one: any) => one.$ref)
    expect(parametersOf('brewTea')).toContain('#/components/parameters/IdempotencyKey')
    expect(parametersOf('findTea')).not.toContain('#/components/parameters/IdempotencyKey')
  })

  it('says when an operation will go', () => {
    const { post } = rpc.paths['/rpc/teahouse.v1/washCups']
    expect([post.deprecated, Object.keys(post.responses['200'].headers)]).toEqual([true, ['Deprecation', 'Sunset', 'Link']])
  })

  it('tells options apart by a discriminator, and numbers by their size', () => {
    const { BrewTeaInputPayment, Brew, WashCupsInput, BrewTeaNoWaterDetails } = rpc.components.schemas
    expect(BrewTeaInputPayment.discriminator).toEqual({
      propertyName: 'method',
      mapping: { card: '#/components/schemas/BrewTeaInputPaymentCard', cash: '#/components/schemas/Cash' },
    })
    const { litres } = BrewTeaNoWaterDetails.properties
    expect([Brew.properties.minutes, WashCupsInput.properties.cups, litres].map(({ format }) => format)).toEqual([
      'int32',
      'int64',
      'double',
    ])
  })

  it('is refused where a shape has the name of a part of the envelope', () => {
    const output = z.object({}).meta({ id: 'RpcFailure' })
    const contract = defineContract({
      name: 'teas',
      version: 1,
      operations: { ask: query({ input: z.strictObject({}), output, ...allowed }) },
    })
    expect(() => rpcFaceOf(contract)).toThrow('teas: a component of its OpenAPI document would be called RpcFailure')
  })
})

describe('the face at the gateway', () => {
  it('is OpenAPI 3.1 to two validators', async () => {
    expect(await openApiComplaints(rest)).toEqual([])
  })

  it('shows what has an address there, and nothing else', () => {
    expect(Object.entries<object>(rest.paths).map(([path, methods]) => [path, ...Object.keys(methods)])).toEqual([
      ['/v1/brews', 'post'],
      ['/v1/sinks/{sinkId}', 'delete'],
      ['/v1/teas/{teaId}', 'get'],
    ])
    expect(JSON.stringify(rest)).not.toContain('Shel')
  })

  it('puts fields where the gateway gathers them', () => {
    const { parameters } = rest.paths['/v1/teas/{teaId}'].get
    expect(parameters.map(({ name, in: place, required }: any) => [name, place, required])).toEqual([
      ['teaId', 'path', true],
      ['fresh', 'query', false],
      ['language', 'query', false],
    ])
    expect(rest.paths['/v1/brews'].post.requestBody.content['application/json'].schema).toEqual(refTo('BrewTeaInput'))
    expect(rest.paths['/v1/sinks/{sinkId}'].delete.requestBody.content['application/json'].schema).toEqual(refTo('WashCupsBody'))
    expect(rest.components.schemas.WashCupsBody).toMatchObject({ required: ['cups'], additionalProperties: false })
    expect(Object.keys(rest.components.schemas.WashCupsBody.properties)).toEqual(['cups'])
  })

  it('lists declared errors beside those of the platform, each with its data', () => {
    const { responses } = rest.paths['/v1/brews'].post
    expect(responses['409'].description).toBe('request_in_flight, closed_today, no_water')
    expect(responses['409'].content['application/problem+json'].schema.anyOf).toEqual([
      refTo('BrewTeaClosedTodayProblem'),
      refTo('BrewTeaNoWaterProblem'),
      refTo('Problem'),
    ])
    expect(rest.components.schemas.BrewTeaNoWaterProblem.properties.data).toEqual(refTo('BrewTeaNoWaterDetails'))
    expect(responses['429'].headers).toHaveProperty('Retry-After')
  })

  it('sends no body under 204, and asks nobody who they are where everybody may ask', () => {
    expect(rest.paths['/v1/sinks/{sinkId}'].delete.responses['204'].content).toBeUndefined()
    expect(rest.paths['/v1/teas/{teaId}'].get.security).toEqual([])
    expect(rest.paths['/v1/brews'].post.security).toEqual([{ bearer: [] }])
  })

  it('is not there for a contract that the gateway serves nothing of', () => {
    const ask = query({ input: z.strictObject({}), output: z.object({}), ...allowed })
    const contract = defineContract({ name: 'teas', version: 1, operations: { ask } })
    expect(writeOpenApi(contract, undefined).map(({ path }) => path)).toEqual(['openapi.rpc.json'])
  })
})
