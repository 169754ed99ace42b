import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { AnyContract } from '@ashlar/contract'
import { docsSite, type DocsFile, type DocsSite, type Documented } from '@ashlar/contract-docs'
import { KeptFiles, type KeptFile } from './kept-files.ts'

/** Where the reference begins. */
export const docsPath = '/docs'

/** What the gateway shows of itself to people. */
export interface Docs {
  /** Gives the file at an address, `undefined` where the reference has none. Throws `ViewerMissingError` when it needs the viewer and that is not installed. */
  read(address: string): Promise<KeptFile | undefined>
}

interface ShownContracts {
  readonly contracts: readonly AnyContract[]
  readonly openApi: Buffer
  /** `public`: nothing that travels between services. */
  readonly readers: 'public' | 'internal'
  /** Finds the viewer of OpenAPI documents, unless told otherwise where npm has put it. */
  readonly findViewer?: Documented['findViewer']
}

/** Makes the reference, of which nothing is read before somebody asks. */
export function shopDocs({ openApi, ...shown }: ShownContracts): Docs {
  const kept = new KeptFiles()
  let site: Promise<DocsSite> | undefined
  const open = (): Promise<DocsSite> =>
    docsSite({ ...shown, title: 'The shop', openApi: () => openApi, emittedFolder, served: 'by-gateway' }).catch((cause: unknown) => {
      // what could not be read this time may be readable the next
      site = undefined
      throw cause
    })
  return {
    async read(address) {
      site ??= open()
      const file: DocsFile | undefined = (await site).get(address === docsPath ? 'index.html' : address.slice(docsPath.length + 1))
      return file === undefined ? undefined : kept.read(file)
    },
  }
}

/** Gives where a contract's emitted files lie: beside its code. A contract that is no package has none. */
function emittedFolder({ name, version }: AnyContract): string | undefined {
  try {
    const entry = createRequire(import.meta.url).resolve(`@contracts/${name}`)
    return join(dirname(entry), 'generated', version === 1 ? '' : `v${version}`)
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'MODULE_NOT_FOUND') return undefined
    throw cause
  }
}
