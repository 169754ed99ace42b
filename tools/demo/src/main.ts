import { NothingRunningError } from '@deploy/local'
import { joinShop } from '@tests/shop'
import { printLedger } from './print-ledger.ts'
import { stories } from './stories.ts'
import { tellStory } from './tell-story.ts'

const help = `npm run demo   three customers order at the running shop (npm run dev); their stories, then the ledger

  It exits with 1 when a story ends otherwise than it should, or when stock and money do not add up.`

if (process.argv.includes('--help')) console.log(help)
else process.exitCode = await demo()

async function demo(): Promise<number> {
  try {
    const shop = await joinShop()
    let wentWell = true
    let traceId: string | undefined
    for (const story of stories) {
      const told = await tellStory(shop, story, (line) => console.log(line))
      wentWell &&= told.wentWell
      traceId ??= told.traceId
    }
    const balances = await printLedger(shop, (line) => console.log(line))
    if (traceId !== undefined) console.log(`  Trace    ${traceId}`)
    return wentWell && balances ? 0 : 1
  } catch (error) {
    if (!(error instanceof NothingRunningError)) throw error
    console.error(error.message)
    return 1
  }
}
