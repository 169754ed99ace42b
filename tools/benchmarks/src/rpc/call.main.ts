import { isDeepStrictEqual } from 'node:util'
import { callsAtOnce } from '../calls-at-once.ts'
import { serveSide } from '../serve-side.ts'
import { readSettings } from '../side-settings.ts'
import { makeCaller } from './clients/make-caller.ts'
import { output } from './pricing.ts'
import type { SideSettings } from './settings.ts'

// A side that calls. Every answer is looked at: errors are quick, and would be measured.
const calling = makeCaller(readSettings(process.env) as SideSettings)

serveSide({
  /** Makes one call and says whether its answer is the one that everybody must get. */
  async check() {
    const answer = await (await calling).call()
    return answer === 'unread' || isDeepStrictEqual(answer, output)
  },
  async calls(asked: { calls: number; atOnce: number }) {
    const { call } = await calling
    return callsAtOnce(async () => {
      const answer = await call()
      if (answer !== 'unread' && answer.lines.length !== output.lines.length) throw new Error('the answer is not what was asked for')
    }, asked)
  },
  flush: async () => (await calling).telemetry?.close(),
})
