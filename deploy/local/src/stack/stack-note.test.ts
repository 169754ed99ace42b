import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { forgetStack, noteStack, readStack } from './stack-note.ts'
import { stackPortsFrom } from './stack-ports.ts'

let system = ''
let folder = ''
beforeEach(async () => {
  system = await mkdtemp(join(tmpdir(), 'ashlar-note-'))
  folder = join(system, 'stack')
  await mkdir(folder)
})
afterEach(() => rm(system, { recursive: true }))

it('tells where the stack is while it runs', async () => {
  expect(await readStack(system)).toBeUndefined()
  await noteStack(folder, stackPortsFrom(28_000))
  expect(await readStack(system)).toMatchObject({ otlpUrl: 'http://127.0.0.1:28071', jaegerUrl: 'http://127.0.0.1:28077' })
  await forgetStack(folder)
  expect(await readStack(system)).toBeUndefined()
})

it('is not misled by the note of a stack that was killed', async () => {
  await noteStack(folder, stackPortsFrom(28_000))
  const gone = spawn(process.execPath, ['-e', ''])
  await once(gone, 'exit')
  const file = join(folder, 'addresses.json')
  await writeFile(file, (await readFile(file, 'utf8')).replace(String(process.pid), String(gone.pid)))
  expect(await readStack(system)).toBeUndefined()
})
