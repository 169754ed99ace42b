import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger } from '@observability/telemetry'
import { expect, it } from 'vitest'
import { ownEntry } from './entry.ts'
import { entryFile, writeEntry } from './entry-file.ts'
import { watchFolder } from './watch-folder.ts'

const within = { timeout: 10_000, interval: 20 }
const entry = (id: string) => ownEntry({ id, service: 'tea', host: '127.0.0.1', port: 80, contracts: [] }, true)

it(
  'keeps an instance that a folder which was lost no longer lists, until its registrant had time to come back',
  { timeout: 30_000 },
  async () => {
    const home = await mkdtemp(join(tmpdir(), 'watch-'))
    const root = join(home, 'registry')
    const add = (id: string) => writeEntry(entryFile(root, entry(id).instance), entry(id))
    const lines: string[] = []
    const logger = createLogger({ service: 'test', destination: { write: (line) => void lines.push(line) } })
    await add('a')
    const watch = watchFolder('tea', { root, logger })
    const ids = () => watch.instances().map(({ id }) => id)
    await watch.ready
    expect(ids()).toEqual(['a'])

    await rename(root, join(home, 'away'))
    await writeFile(root, '')
    await expect.poll(() => lines.join(), within).toContain('the registry is away')
    expect(ids()).toEqual(['a'])

    await rm(root)
    await add('b')
    await expect.poll(ids, within).toEqual(['a', 'b'])
    await expect.poll(ids, within).not.toContain('a')
    watch.close()
    await rm(home, { recursive: true })
  },
)
