import { isDeepStrictEqual } from 'node:util'
import { serveSide } from '../serve-side.ts'
import { makeCaller } from './clients/make-caller.ts'
import { output } from './pricing.ts'
import { readSettings } from './settings.ts'

// A side that calls. Every answer is looked at: errors are quick, and would be measured.
const calling = makeCaller(readSettings(process.env))

serveSide({
  /** Makes one call and says whether its answer is the one that everybody must get. */
  async check() {
    const answer = await (await calling).call()
    return answer === 'unread' || isDeepStrictEqual(answer, output)
  },
  /** Makes calls, so many at once, and gives how long each took in milliseconds. */
  async calls({ calls, atOnce }: { calls: number; atOnce: number }) {
    const { call } = await calling
    const tookMs: number[] = []
    let left = calls
    const oneAfterAnother = async (): Promise<void> => {
      for (; left > 0;) {
        left -= 1
        const startedAt = performance.now()
        const answer = await call()
        if (answer !== 'unread' && answer.lines.length !== output.lines.length) throw new Error('the answer is not what was asked for')
        tookMs.push(performance.now() - startedAt)
      }
    }
    await Promise.all(Array.from({ length: atOnce }, oneAfterAnother))
    return tookMs
  },
  flush: async () => (await calling).telemetry?.close(),
})
