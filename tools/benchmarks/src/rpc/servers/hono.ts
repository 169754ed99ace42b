import { getRequestListener } from '@hono/node-server'
import { zValidator } from '@hono/zod-validator'
import { Hono } from 'hono'
import { catalogue } from '@contracts/catalogue'
import { price } from '../pricing.ts'
import { listen } from './listen.ts'

/** Serves by Hono. It validates no outputs, so the handler does. */
export function serveHono(): Promise<number> {
  const { input, output } = catalogue.operations.priceLines
  const app = new Hono().post('/priceLines', zValidator('json', input), (call) => call.json(output.parse(price(call.req.valid('json')))))
  return listen(getRequestListener(app.fetch))
}
