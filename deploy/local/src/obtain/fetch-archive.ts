import type { OnProgress } from './ways.ts'
import { requireChecksum } from './checksum.ts'

/** An archive of an official release, and the list of checksums published beside it. */
export interface Release {
  readonly archiveUrl: string
  readonly checksumsUrl: string
}

const connectPatienceMs = 5_000
const downloadPatienceMs = 300_000

/** Downloads a release archive and checks it against its published SHA-256. */
export async function fetchRelease({ archiveUrl, checksumsUrl }: Release, onProgress: OnProgress): Promise<Buffer> {
  const checksums = (await download(checksumsUrl, connectPatienceMs)).toString('utf8')
  const name = archiveUrl.slice(archiveUrl.lastIndexOf('/') + 1)
  const expected = checksumFor(checksums, name)
  onProgress(`downloading ${name}`)
  const archive = await download(archiveUrl)
  requireChecksum(archive, [expected])
  return archive
}

/** Finds a file's line in a `sha256sum` list; a list that is one checksum and nothing else is of that file alone. */
export function checksumFor(list: string, name: string): string {
  if (/^[0-9a-f]{64}$/.test(list.trim())) return list.trim()
  for (const line of list.split('\n')) {
    const [checksum, file] = line.trim().split(/\s+\*?/)
    if (file === name && checksum !== undefined) return checksum
  }
  throw new Error(`the published checksums do not name ${name}`)
}

/** Downloads a file. Throws what it answered unless that is the file, and when it takes more than five minutes. */
export async function download(url: string, patienceMs = downloadPatienceMs): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(patienceMs) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return Buffer.from(await response.arrayBuffer())
}
