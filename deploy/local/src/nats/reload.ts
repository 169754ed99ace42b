import { setTimeout as sleep } from 'node:timers/promises'
import { ServerStartError } from '../server/errors.ts'
import { endOfLog, lengthOf, textAfter } from '../server/log-end.ts'

const patienceMs = 5_000

/** Has nats-server read its configuration again, without ending what it does. Throws `ServerStartError` when it does not within 5 s. */
export async function reload(pid: number, logFile: string): Promise<void> {
  const from = await lengthOf(logFile)
  process.kill(pid, 'SIGHUP')
  const giveUpAt = performance.now() + patienceMs
  while (!(await textAfter(logFile, from)).includes('Reloaded server configuration')) {
    if (performance.now() > giveUpAt) {
      const said = await endOfLog(logFile, { from })
      throw new ServerStartError([`nats-server did not read its configuration again. The end of ${logFile}:`, ...said].join('\n'))
    }
    await sleep(20)
  }
}
