import { readdir, readlink, realpath } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

const patienceMs = 5_000

/**
 * Ends the workers that outlive a killed PostgreSQL, busy with a statement nobody waits for: a new server does not start
 * beside them. They are found by the folder they work in, where Linux shows it. What they had not committed is lost, as
 * it is in any crash.
 */
export async function endOrphanWorkers(data: string): Promise<void> {
  for (let waited = 0; waited < patienceMs; waited += 20) {
    const workers = await processesIn(data)
    if (workers.length === 0) return
    for (const pid of workers) end(pid)
    await sleep(20)
  }
}

async function processesIn(folder: string): Promise<number[]> {
  const path = await realpath(folder).catch(() => undefined)
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const places = await Promise.all(pids.map((pid) => readlink(`/proc/${pid}/cwd`).catch(() => undefined)))
  return pids.filter((_pid, index) => path !== undefined && places[index] === path).map(Number)
}

function end(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It went by itself meanwhile.
  }
}
