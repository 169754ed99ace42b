import { setTimeout as sleep } from 'node:timers/promises'
import type { LocalServers, StopPace, Topology } from '@deploy/local'
import type { SupervisedProcess } from '../processes/supervised-process.ts'

/** Processes that were not ready in time; the message tells why, in the words of each. */
export class NotReadyError extends Error {
  override readonly name = 'NotReadyError'
  readonly processes: readonly SupervisedProcess[]
  constructor(late: readonly SupervisedProcess[]) {
    super(late.map(({ name, lastWords }) => [`${name} is not ready. It said:`, ...lastWords].join('\n  ')).join('\n') || 'nothing runs')
    this.processes = late
  }
}

/** A system that runs, kept running until it is stopped. */
export interface RunningSystem extends AsyncDisposable {
  readonly folder: string
  readonly topology: Topology
  readonly servers: LocalServers
  /** Every process by name: services, `gateway`, `card-provider`, copies such as `catalogue-2`. */
  readonly processes: ReadonlyMap<string, SupervisedProcess>
  /**
   * Waits until every process takes work. Throws `NotReadyError` when that takes longer; with `broken: 'given-up'` as soon
   * as only processes are late that keep ending for the same reason.
   */
  ready(patienceMs: number, options?: { broken: Broken }): Promise<void>
  /** Runs one more instance of a service and gives its process, named `<service>-2` and so on. */
  startCopy(service: string): SupervisedProcess
  /** Stops everything within 5 s, leaving no process and no lock; hurried, at once. A second call may hurry the first. */
  stop(pace?: StopPace): Promise<void>
}

/** What is done about processes that keep ending before they are ready: outages pass, a bug in the code does not. */
export type Broken = 'awaited' | 'given-up'

const lookAgainMs = 25

/** Waits until all are ready. Throws `NotReadyError` naming those that are not in time, and what `signal` says once we stop. */
export async function allReady(
  processes: ReadonlyMap<string, SupervisedProcess>,
  { patienceMs, broken, signal }: { patienceMs: number; broken: Broken; signal: AbortSignal },
): Promise<void> {
  const giveUpAt = performance.now() + patienceMs
  for (;;) {
    const late = [...processes.values()].filter((each) => !each.isReady)
    if (late.length === 0) return
    const isHopeless = broken === 'given-up' && late.every((each) => each.isBroken)
    if (isHopeless || performance.now() > giveUpAt) throw new NotReadyError(late)
    await sleep(lookAgainMs, undefined, { signal })
  }
}
