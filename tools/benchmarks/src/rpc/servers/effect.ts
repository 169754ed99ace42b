import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { NodeHttpServer } from '@effect/platform-node'
import { Effect, Layer, Schema } from 'effect'
import { HttpRouter } from 'effect/http'
import { HttpApi, HttpApiBuilder, HttpApiEndpoint, HttpApiGroup } from 'effect/http-api'
import { price } from '../pricing.ts'
import { serverOptions } from './listen.ts'

// the same bounds as the contract's schemas, in Effect's words
const Sku = Schema.String.check(Schema.isMaxLength(40), Schema.isPattern(/^[A-Z0-9]+(-[A-Z0-9]+)*$/))
const quantity = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 999 }))
const unitPrice = Schema.Struct({
  amountMinor: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  currency: Schema.String.check(Schema.isPattern(/^[A-Z]{3}$/)),
})
const payload = Schema.Struct({
  lines: Schema.mutable(Schema.Array(Schema.Struct({ sku: Sku, quantity })).check(Schema.isMinLength(1), Schema.isMaxLength(50))),
})
const success = Schema.Struct({ lines: Schema.Array(Schema.Struct({ sku: Sku, name: Schema.String, quantity, unitPrice })) })

/** Serves by Effect's HttpApi. */
export async function serveEffect(): Promise<number> {
  const api = HttpApi.make('catalogue').add(
    HttpApiGroup.make('prices').add(HttpApiEndpoint.post('priceLines', '/priceLines', { payload, success })),
  )
  const prices = HttpApiBuilder.group(api, 'prices', (handlers) =>
    handlers.handle('priceLines', (asked) => Effect.succeed(price(asked.payload))),
  )
  const server = createServer(serverOptions)
  const listening = new Promise<number>((resolve) => server.once('listening', () => resolve((server.address() as AddressInfo).port)))
  const app = HttpRouter.serve(HttpApiBuilder.layer(api).pipe(Layer.provide(prices)), { disableLogger: true, disableListenLog: true })
  Effect.runFork(Layer.launch(app.pipe(Layer.provide(NodeHttpServer.layer(() => server, { port: 0, host: '127.0.0.1' })))))
  return listening
}
