import { join, resolve } from 'node:path'
import { NothingRunningError, readTopology } from '@deploy/local'
import { joinShop } from '@tests/shop'
import { awaitShop, ShopNotOpenError } from './await-shop.ts'
import { printLedger } from './print-ledger.ts'
import { stories } from './stories.ts'
import { tellStory } from './tell-story.ts'

const folder = join(resolve(import.meta.dirname, '..', '..', '..'), '.ashlar')
const patienceMs = 20_000

/** Plays all stories at the shop of this checkout and prints the ledger. Gives the exit code: 1 when anything is not as it should be. */
export async function demo(print: (line: string) => void): Promise<number> {
  try {
    await awaitShop(await readTopology(folder), { patienceMs, print })
    const shop = await joinShop()
    let wentWell = true
    for (const story of stories) wentWell = (await tellStory(shop, story, print)) && wentWell
    const balances = await printLedger(shop, print)
    return wentWell && balances ? 0 : 1
  } catch (error) {
    const reason = explain(error)
    if (reason === undefined) throw error
    console.error(reason)
    return 1
  }
}

/** Says in a line what went wrong where that is known; anything else is a bug, whose stack is needed. */
export function explain(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (error instanceof NothingRunningError || error instanceof ShopNotOpenError) return error.message
  // Node says no more of a connection that failed; why is in the cause.
  if (error.message === 'fetch failed')
    return `The shop does not answer any more: ${(error.cause as Error | undefined)?.message ?? ''}. Is npm run dev still running?`
  if (error.name === 'TimeoutError') return 'The shop took longer than 30 s to answer; the terminal of npm run dev may say why.'
  // The shop answered something else than a story needs.
  return error.name === 'Error' ? error.message : undefined
}
