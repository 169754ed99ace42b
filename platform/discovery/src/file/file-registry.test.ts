import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { createLogger } from '@observability/telemetry'
import { expect, it } from 'vitest'
import { openRegistry } from '../open-registry.ts'
import { registrySuite } from '../testing/registry-suite.ts'
import { runInstance } from '../testing/running-instance.ts'

registrySuite('file', {
  checkIntervalMs: 100,
  async open() {
    const home = await mkdtemp(join(tmpdir(), 'registry-'))
    const root = join(home, 'registry')
    let taken = 0
    return {
      url: pathToFileURL(root).href,
      // a plain file in the folder's place: nobody, not even root, can read it as a folder or make one there
      async takeAway() {
        await rename(root, join(home, `away-${(taken += 1)}`))
        await writeFile(root, '')
      },
      bringBack: () => rm(root),
      close: () => rm(home, { recursive: true }),
    }
  },
})

it('leaves no file behind after the last one has deregistered', async () => {
  const root = await mkdtemp(join(tmpdir(), 'registry-'))
  const registry = openRegistry(pathToFileURL(root).href, {
    logger: createLogger({ service: 'test', level: 'silent' }),
    checkIntervalMs: 20,
  })
  const running = await runInstance('tea', 'a')
  const registration = await registry.register(running.instance)
  expect(await readdir(join(root, 'tea'))).toEqual(['a.json'])
  await registration.deregister()
  expect(await readdir(join(root, 'tea'))).toEqual([])
  await registry.close()
  await running.close()
  await rm(root, { recursive: true })
})
