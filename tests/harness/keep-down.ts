import type { RunningSystem } from '@tools/dev'
import { keepAsking } from './keep-asking.ts'

type Server = RunningSystem['servers']['all'][number]

/** An outage that lasts until it is ended. */
export interface Outage extends AsyncDisposable {
  /** Leaves the server to its supervisor again, who brings it back. */
  end(): Promise<void>
}

/** Kills a server, and kills it again whenever its supervisor has brought it back, until the outage is ended. */
export function keepDown(server: Server): Outage {
  const killing = keepAsking(() => server.kill())
  const end = (): Promise<void> => killing.end()
  return { end, [Symbol.asyncDispose]: end }
}
