import { readFile } from 'node:fs/promises'
import { openApiOf } from '@ashlar/contract-artifacts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { expect, it } from 'vitest'
import { contracts } from './contracts.ts'
import { readTarget } from './http/canonical-target.ts'
import { compileRoutes } from './routes/compile-routes.ts'
import { ask } from './testing/ask.ts'
import { openGround } from './testing/ground.ts'

const committed = await readFile(new URL('../generated/openapi.json', import.meta.url), 'utf8')
const document = JSON.parse(committed)

it('is what the contracts say today (npm run ashlar -- contracts emit writes it again)', () => {
  const { title, version, description } = document.info
  const alphabetical = contracts.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  expect(JSON.parse(JSON.stringify(openApiOf(alphabetical, { title, version, description })))).toEqual(document)
})

it('is an OpenAPI document to a validator that is not ours', async () => {
  const { valid, errors } = await new Validator().validate(structuredClone(document))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
})

it('is served as it is committed', async () => {
  await using ground = await openGround()
  const { status, headers, text } = await ask(ground.url, '/openapi.json')
  expect([status, headers['content-type']]).toEqual([200, 'application/json'])
  expect(text).toBe(committed)
})

it('names the shapes other languages will want as types', () => {
  const { schemas } = document.components
  expect(Object.keys(schemas)).toEqual(
    expect.arrayContaining([
      'Address',
      'Money',
      'Notification',
      'Order',
      'OrderHistory',
      'OrderPage',
      'Problem',
      'Product',
      'Session',
      'User',
    ]),
  )
  expect(schemas.Order.properties.total).toEqual({ $ref: '#/components/schemas/Money' })
  expect(schemas.Product.properties.price).toEqual({ $ref: '#/components/schemas/Money' })
})

it('promises no address the gateway does not answer, and leaves out none', () => {
  const routes = compileRoutes(contracts)
  const promised = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.entries<{ operationId: string }>(methods as never).map(([method, { operationId }]) => ({ path, method, operationId })),
  )
  const answered = promised.map(({ path, method }) => {
    const match = routes.match(method.toUpperCase(), readTarget(path.replaceAll(/\{\w+\}/g, 'anything')))
    return match.kind === 'found' ? match.route.operation.name : match.kind
  })
  expect(answered).toEqual(promised.map(({ operationId }) => operationId))
  const withRest = contracts.flatMap(({ operations }) => Object.values(operations)).filter(({ rest }) => rest !== undefined)
  expect(promised).toHaveLength(withRest.length)
})
