import { freeStackPorts, startStack, type Stack } from '@deploy/local'
import { afterAll } from 'vitest'
import type { StartedShop } from '../harness/index.ts'
import { openShop } from '../harness/open-shop.ts'
import { askStack, type StackAnswers } from './ask-stack.ts'
import { playJourneys, type Journeys } from './journeys.ts'

// So that one guesser is turned away soon.
const limits = JSON.stringify({ 'failed-token': { limit: 3, windowSeconds: 60 } })

/** What every test here looks at: a shop, what happened in it, and what saw it. */
export interface Seen {
  readonly shop: StartedShop
  readonly stack: Stack
  readonly answers: StackAnswers
  readonly journeys: Journeys
}

/** Opens one shop and one stack for all tests of a file, the stack second, as it may be under `npm run dev`; and lets things happen. */
export async function openSeenShop(): Promise<Seen> {
  const ports = await freeStackPorts()
  const otlpUrl = `http://127.0.0.1:${ports.collector.otlpHttp}`
  const shop = await openShop({
    consul: 'required',
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: otlpUrl, GATEWAY_RATE_LIMITS: limits },
  })
  // Where this fails no test begins, and vitest ends nothing.
  await using opened = new AsyncDisposableStack()
  opened.defer(() => shop.stop())
  const stack = await startStack({ systemFolder: shop.system.folder, ports, consulUrl: shop.system.topology.registryUrl })
  opened.defer(() => stack.stop())
  const answers = askStack(stack)
  const journeys = await playJourneys(shop, answers)
  const kept = opened.move()
  // The stack first: it lives in the shop's folder.
  afterAll(() => kept.disposeAsync())
  return { shop, stack, answers, journeys }
}
