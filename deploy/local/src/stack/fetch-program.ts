import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { requireChecksum } from '../obtain/checksum.ts'
import { checksumFor, download, fetchRelease } from '../obtain/fetch-archive.ts'
import { runTool } from '../obtain/run-tool.ts'
import { unzipOne } from '../obtain/unzip.ts'
import type { Building } from '../obtain/build-go-program.ts'
import type { ReleaseArchive } from './stack-programs.ts'

const answerWithinMs = 5_000

/** Downloads an official release, verifies it against the published checksum and gives the path of the program in it. */
export async function fetchProgram(release: ReleaseArchive, { scratch, onProgress }: Building): Promise<string> {
  const { page, archive, inside, checksums, checksumOf } = release
  const urls = { archiveUrl: `${page}/${archive}`, checksumsUrl: `${page}/${checksums}` }
  if (checksumOf === 'archive') return unpack(await fetchRelease(urls, onProgress), release, scratch)
  const expected = checksumFor((await download(urls.checksumsUrl, answerWithinMs)).toString('utf8'), inside)
  onProgress(`downloading ${archive}`)
  const program = await unpack(await download(urls.archiveUrl), release, scratch)
  requireChecksum(await readFile(program), [expected])
  return program
}

async function unpack(bytes: Buffer, { archive, inside }: ReleaseArchive, scratch: string): Promise<string> {
  const program = join(scratch, inside)
  if (archive.endsWith('.zip')) {
    await writeFile(program, unzipOne(bytes, inside))
    return program
  }
  await writeFile(join(scratch, archive), bytes)
  await runTool('tar', ['-xzf', archive], { cwd: scratch })
  return program
}
