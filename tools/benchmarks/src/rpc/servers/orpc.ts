import { os } from '@orpc/server'
import { RPCHandler } from '@orpc/server/node'
import { catalogue } from '@contracts/catalogue'
import { price } from '../pricing.ts'
import { listen } from './listen.ts'

/** Serves by oRPC's own wire. */
export function serveOrpc(): Promise<number> {
  const { input, output } = catalogue.operations.priceLines
  const handler = new RPCHandler({
    priceLines: os
      .input(input)
      .output(output)
      .handler(({ input: asked }) => price(asked)),
  })
  return listen((request, response) => {
    void handler.handle(request, response).then(({ matched }) => matched || response.writeHead(404).end())
  })
}
