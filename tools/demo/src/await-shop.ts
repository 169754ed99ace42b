import { setTimeout as pause } from 'node:timers/promises'
import { openRegistry } from '@ashlar/discovery'
import type { Topology } from '@deploy/local'
import { createLogger } from '@observability/telemetry'

/** The shop is there, and not open for orders; the message says what is missing and what to do. */
export class ShopNotOpenError extends Error {
  override readonly name = 'ShopNotOpenError'
}

const needed = ['catalogue', 'inventory', 'orders', 'payments', 'shipping', 'users']
const lookAgainMs = 200

/**
 * Waits until everybody an order passes through takes work; says once for whom it waits. Throws `ShopNotOpenError` when
 * one of them does not run here at all, or is still away after `patienceMs`.
 */
export async function awaitShop(
  shop: Topology,
  { patienceMs, print }: { patienceMs: number; print: (line: string) => void },
): Promise<void> {
  const missing = needed.filter((name) => !shop.services.includes(name))
  if (missing.length > 0)
    throw new ShopNotOpenError(
      `The demo needs ${missing.join(', ')} too; running here: ${shop.services.join(', ')}. Start the whole shop: npm run dev`,
    )
  await using presence = watchPresence(shop)
  const giveUpAt = performance.now() + patienceMs
  let said = ''
  for (let late = await presence.late(); late.length > 0; late = await presence.late()) {
    if (performance.now() > giveUpAt)
      throw new ShopNotOpenError(`Not ready after ${patienceMs / 1_000} s: ${late.join(', ')}. The terminal of npm run dev says why.`)
    if (said === '') print((said = `  Waiting for ${late.join(', ')} …\n`))
    await pause(lookAgainMs)
  }
}

function watchPresence({ gatewayUrl, registryUrl }: Topology): AsyncDisposable & { late(): Promise<readonly string[]> } {
  const registry = openRegistry(registryUrl, { logger: createLogger({ service: 'demo', level: 'silent' }) })
  const watches = needed.map((name) => ({ name, watch: registry.watch(name) }))
  return {
    async late() {
      const first = Promise.all(watches.map(({ watch }) => watch.ready))
      const [isOpen] = await Promise.all([answers(gatewayUrl), Promise.race([first, pause(lookAgainMs, undefined, { ref: false })])])
      const away = watches.filter(({ watch }) => watch.instances().length === 0).map(({ name }) => name)
      return isOpen ? away : ['gateway', ...away]
    },
    async [Symbol.asyncDispose]() {
      for (const { watch } of watches) watch.close()
      await registry.close()
    },
  }
}

async function answers(gatewayUrl: string): Promise<boolean> {
  const answer = await fetch(`${gatewayUrl}/health/ready`, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
  await answer?.body?.cancel()
  return answer?.ok === true
}
