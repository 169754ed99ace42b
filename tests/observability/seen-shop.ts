import { freeStackPorts, startStack, type Stack } from '@deploy/local'
import { afterAll } from 'vitest'
import type { StartedShop } from '../harness/index.ts'
import { openShop } from '../harness/open-shop.ts'

/** The shop at work, and what sees it. */
export interface SeenShop {
  readonly shop: StartedShop
  readonly stack: Stack
}

// So that one guesser is turned away soon.
const limits = JSON.stringify({ 'failed-token': { limit: 3, windowSeconds: 60 } })

/** Opens one shop and one stack for all tests of a file; the stack comes second, as it may under `npm run dev`. */
export async function openSeenShop(): Promise<SeenShop> {
  const ports = await freeStackPorts()
  const otlpUrl = `http://127.0.0.1:${ports.collector.otlpHttp}`
  const shop = await openShop({
    consul: 'required',
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl, GATEWAY_RATE_LIMITS: limits },
  })
  const stack = await startStack({ systemFolder: shop.system.folder, ports, consulUrl: shop.system.topology.registryUrl })
  // Before the shop goes, whose folder it lives in.
  afterAll(() => stack.stop())
  return { shop, stack }
}
