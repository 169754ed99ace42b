import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runTool } from '../obtain/run-tool.ts'
import { fetchProgram } from './fetch-program.ts'
import type { ReleaseArchive } from './stack-programs.ts'

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const onProgress = (): void => undefined

/** A page with one release on it: an archive with a program, and the checksum of either. */
async function releasePage(checksumOf: ReleaseArchive['checksumOf'], falsified = '') {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-release-'))
  const scratch = join(folder, 'scratch')
  await mkdir(scratch)
  await mkdir(join(folder, 'thing-1'))
  const program = Buffer.from('a program')
  await writeFile(join(folder, 'thing-1', 'thing'), Buffer.concat([program, Buffer.from(falsified)]))
  await runTool('tar', ['-czf', 'thing.tar.gz', 'thing-1'], { cwd: folder })
  const archive = await readFile(join(folder, 'thing.tar.gz'))
  const sums = checksumOf === 'archive' ? `${sha256(archive)}  thing.tar.gz\n` : `${sha256(program)} *thing-1/thing\n`
  const server = createServer((request, response) => response.end(request.url === '/sums' ? sums : archive)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const page = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  const release: ReleaseArchive = { page, archive: 'thing.tar.gz', inside: 'thing-1/thing', checksums: 'sums', checksumOf }
  return {
    release,
    scratch,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await server[Symbol.asyncDispose]()
      await rm(folder, { recursive: true })
    },
  }
}

it.each(['archive', 'program'] as const)('takes the program out of a release whose %s is vouched for', async (checksumOf) => {
  await using page = await releasePage(checksumOf)
  const file = await fetchProgram(page.release, { scratch: page.scratch, onProgress })
  expect(await readFile(file, 'utf8')).toBe('a program')
})

it('refuses a program that is not the one vouched for', async () => {
  await using page = await releasePage('program', ' and a stowaway')
  await expect(fetchProgram(page.release, { scratch: page.scratch, onProgress })).rejects.toThrow('SHA-256')
})
