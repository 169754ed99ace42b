import type { ChildSide } from './child-side.ts'
import type { Usage } from './serve-side.ts'
import { median, quantile } from './statistics.ts'

/** What calls were seen to cost the processes that are looked at. */
export interface CallCost {
  readonly cpuMicrosPerCall: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly rssBytes: number
}

/** Has calls made, and says what they cost; what the processes hold then and have not sent belongs to it. */
export async function costOfCalls(sides: readonly ChildSide[], calls: number, make: () => Promise<readonly number[]>): Promise<CallCost> {
  const usage = () => Promise.all(sides.map((side) => side.ask<Usage>('usage')))
  const before = sum(await usage(), ({ cpuMicros }) => cpuMicros)
  const tookMs = await make()
  await Promise.all(sides.map((side) => side.ask('flush')))
  const after = await usage()
  return {
    cpuMicrosPerCall: (sum(after, ({ cpuMicros }) => cpuMicros) - before) / calls,
    p50Ms: median(tookMs),
    p99Ms: quantile(tookMs, 0.99),
    rssBytes: sum(after, ({ rssBytes }) => rssBytes),
  }
}

function sum<Value>(values: readonly Value[], of: (value: Value) => number): number {
  return values.reduce((total, value) => total + of(value), 0)
}
