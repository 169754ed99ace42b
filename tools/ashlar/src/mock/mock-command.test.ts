import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

// a process of its own takes its time where much else runs
const patienceMs = 60_000

it('says where it is, answers, and ends well on Ctrl-C', { timeout: patienceMs }, async () => {
  const child = spawn(process.execPath, [main, 'mock', 'catalogue', '--port', '0', '--seed', '7'], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  const closed = once(child, 'close')
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const [, url = ''] = /^mock of catalogue\.v1 at (\S+), seed 7; Ctrl-C stops it$/.exec(line) ?? []
  const response = await fetch(`${url}/listProducts`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  expect(response.status).toBe(200)
  child.kill('SIGINT')
  expect(await closed).toEqual([0, null])
})
