import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { endOrphans } from './orphans.ts'
import { ownFolder } from './testing/own-folder.ts'

it.each(['', '[{"pid":', 'null', '{}', '[null, 7, {"pid": "1"}, {"pid": -1, "command": "init"}]'])(
  'starts over a note of servers that reads %j',
  async (text) => {
    const folder = await ownFolder()
    await writeFile(join(folder, 'servers.json'), text)
    await endOrphans(folder)
    expect(await readdir(folder)).toEqual([])
  },
)
