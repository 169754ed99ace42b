import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'

const file = resolve(import.meta.dirname, 'listen-for-stop.ts')
// Prints without end, as a supervisor does whose services are busy; drains for a while once it is asked to stop.
const program = `import { writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { listenForStop } from '${file}'
using stop = listenForStop()
stop.second.addEventListener('abort', () => writeFileSync('hurried', ''))
const printing = setInterval(() => console.log('GET /v1/products 200'), 10)
await new Promise((resolve) => stop.first.addEventListener('abort', resolve))
writeFileSync('asked', '')
await sleep(1_500)
writeFileSync('drained', '')
clearInterval(printing)
`

interface Started {
  readonly child: ChildProcess
  /** Whether the program has come as far as that. */
  readonly has: (what: 'asked' | 'drained' | 'hurried') => boolean
}

async function start(): Promise<Started> {
  const folder = mkdtempSync(join(tmpdir(), 'ashlar-stop-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'main.ts'), program)
  const child = spawn(process.execPath, ['main.ts'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  await once(child.stdout, 'data')
  return { child, has: (what) => existsSync(join(folder, what)) }
}
const patient = { timeout: 10_000 }
// A start of Node and a drain each, on a machine that may be busy.
const unhurried = { timeout: 30_000 }

it('drains when nobody reads its output any more, and takes failed writes for no hurry', unhurried, async () => {
  const { child, has } = await start()
  child.stdout!.destroy()
  child.stderr!.destroy()
  expect(await once(child, 'exit')).toEqual([0, null])
  expect([has('asked'), has('drained'), has('hurried')]).toEqual([true, true, false])
})

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  'takes %s for a request to stop, and a later one for hurry',
  unhurried,
  async (signal) => {
    const { child, has } = await start()
    child.kill(signal)
    await expect.poll(() => has('asked'), patient).toBe(true)
    // npm passes its own on at once: that is the same request
    child.kill(signal)
    const again = setInterval(() => child.kill(signal), 700)
    const [code] = (await once(child, 'exit')) as [number]
    clearInterval(again)
    expect(code).toBe(0)
    expect(has('hurried')).toBe(true)
  },
)
