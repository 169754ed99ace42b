import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { DocsFile } from '@ashlar/contract-docs'

/** A file as it is sent. */
export interface KeptFile {
  readonly type: string
  readonly isImmutable: boolean
  /** Says by itself whether a caller has this very content. */
  readonly hash: string
  readonly plain: Buffer
  readonly gzipped: Buffer
}

/** Files of the reference once somebody has asked for them, compressed once. As many as the reference has, no more. */
export class KeptFiles {
  readonly #kept = new Map<DocsFile, KeptFile>()

  /** Reads a file; one whose content may change is looked at each time, since contracts are emitted again while the gateway runs. */
  async read(file: DocsFile): Promise<KeptFile> {
    const known = this.#kept.get(file)
    if (known?.isImmutable === true) return known
    const plain = await file.read()
    const hash = createHash('sha256').update(plain).digest('base64url').slice(0, 22)
    if (known?.hash === hash) return known
    const { type, isImmutable } = file
    const kept = { type, isImmutable, hash, plain, gzipped: await promisify(gzip)(plain) }
    this.#kept.set(file, kept)
    return kept
  }
}
