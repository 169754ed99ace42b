import type { AddressInfo } from 'node:net'
import { fastify } from 'fastify'
import { z } from 'zod'
import { catalogue } from '@contracts/catalogue'
import { price, type input as asked } from '../pricing.ts'
import { serverOptions } from './listen.ts'

/** Serves by fastify, whose schemas are made from the contract's. */
export async function serveFastify(): Promise<number> {
  const { input, output } = catalogue.operations.priceLines
  const app = fastify({ keepAliveTimeout: serverOptions.keepAliveTimeout, requestTimeout: serverOptions.requestTimeout })
  const schema = { body: z.toJSONSchema(input, { target: 'draft-07' }), response: { 200: z.toJSONSchema(output, { target: 'draft-07' }) } }
  app.post<{ Body: typeof asked }>('/priceLines', { schema }, (request) => Promise.resolve(price(request.body)))
  await app.listen({ port: 0, host: '127.0.0.1' })
  return (app.server.address() as AddressInfo).port
}
