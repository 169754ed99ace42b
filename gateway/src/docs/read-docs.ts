import { ViewerMissingError } from '@ashlar/contract-docs'
import { FaultError } from '../http/fault-error.ts'
import type { KeptFile } from './kept-files.ts'
import { docsPath, type Docs } from './shop-docs.ts'

/** Gives the file at an address of the reference. Throws `FaultError` 404 where there is none, 503 where the viewer it needs is not installed. */
export async function readDocs(docs: Docs, address: string): Promise<KeptFile> {
  const file = await docs.read(address).catch(viewerMissing)
  if (file !== undefined) return file
  throw new FaultError({ status: 404, code: 'not_found', detail: `the reference has no such page or file: it begins at ${docsPath}` })
}

function viewerMissing(cause: unknown): never {
  if (!(cause instanceof ViewerMissingError)) throw cause
  throw new FaultError({ status: 503, code: 'unavailable', detail: `${cause.message}: see ${docsPath}` }, { cause })
}
