import { readdir, readFile } from 'node:fs/promises'
import { join, posix, sep } from 'node:path'
import type { AnyContract } from '@ashlar/contract'
import { fileOf, typeOf, ViewerMissingError, type Assets, type DocsFile, type DocsSite } from './docs-file.ts'
import { readOwnAssets } from './own-assets.ts'
import type { AsyncApi } from './pages/async-api.ts'
import { eventsPage } from './pages/events-page.ts'
import { indexPage } from './pages/index-page.ts'
import type { LinkTo } from './pages/page.ts'
import { referencePage } from './pages/reference-page.ts'
import { findViewer } from './viewer.ts'

export interface Documented {
  readonly title: string
  readonly contracts: readonly AnyContract[]
  /** The OpenAPI document of what everybody may call. */
  readonly openApi: () => string | Buffer | Promise<string | Buffer>
  /** `public` leaves out what travels between services: calls, messages and the files that describe them. */
  readonly readers: 'public' | 'internal'
  /** Where what was emitted for a contract lies, as a folder; `undefined` where there is nothing. */
  readonly emittedFolder: (contract: AnyContract) => string | undefined
  /** Where the files are found: under `/docs` of a gateway that also answers what they describe, or in any folder of a server of files. */
  readonly served: 'by-gateway' | 'from-folder'
  /** Finds what shows OpenAPI documents. Without it their pages cannot be read; the rest can. */
  readonly findViewer?: (() => Assets | undefined) | undefined
}

/** Gathers the files of a reference. Folders are read once, here; files when they are asked for. */
export async function docsSite(documented: Documented): Promise<DocsSite> {
  const { title, contracts, openApi, readers, emittedFolder, served } = documented
  const viewer = (documented.findViewer ?? findViewer)()
  const own = await readOwnAssets()
  const emitted = await Promise.all(
    contracts.map(async (contract) => {
      const folder = readers === 'public' ? undefined : emittedFolder(contract)
      return { contract, raw: folder === undefined ? [] : await filesIn(folder, contract) }
    }),
  )
  const page = (path: string, write: (link: LinkTo) => string | Promise<string>): readonly [string, DocsFile] => {
    const link: LinkTo = served === 'by-gateway' ? (to) => `/docs/${to}` : (to) => posix.relative(posix.dirname(path), to)
    return [path, fileOf(typeOf(path), () => write(link))]
  }
  const reference = (path: string, about: { title: string; document: string; requests: 'sent' | 'shown' }) =>
    page(path, (link) => {
      if (viewer === undefined) throw new ViewerMissingError()
      return referencePage(about, { viewer, own, link })
    })
  const index = { title, readers, contracts: emitted.map(({ contract, raw }) => ({ contract, raw: raw.map(({ path }) => path) })) }
  const pagesOf = ({ contract: { id }, raw }: (typeof emitted)[number]): (readonly [string, DocsFile])[] => {
    const [rpc, messages] = ['openapi.rpc.json', 'asyncapi.json'].map((name) => raw.find(({ path }) => path === `${id}/${name}`))
    return [
      ...raw.map(({ path, file }) => [path, file] as const),
      ...(rpc === undefined
        ? []
        : [reference(`${id}/rpc.html`, { title: `${id} between services`, document: rpc.path, requests: 'shown' })]),
      ...(messages === undefined
        ? []
        : [
            page(`${id}/events.html`, async (link) => {
              const content = JSON.parse((await messages.file.read()).toString()) as AsyncApi
              return eventsPage({ title: `Messages of ${id}`, document: messages.path, content }, { style: own.style, link })
            }),
          ]),
    ]
  }
  return new Map([
    page('index.html', (link) => indexPage(index, { style: own.style, link })),
    ['openapi.json', fileOf('application/json', openApi)],
    reference('rest.html', { title: `${title}, REST`, document: 'openapi.json', requests: served === 'by-gateway' ? 'sent' : 'shown' }),
    ...emitted.flatMap(pagesOf),
    ...own.files,
    ...(viewer?.files ?? []),
  ])
}

interface Emitted {
  readonly path: string
  readonly file: DocsFile
}

async function filesIn(folder: string, { id }: AnyContract): Promise<Emitted[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch((cause: unknown) => {
    // a contract of which nothing was emitted yet
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return []
    throw cause
  })
  const names = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).replaceAll(sep, '/').replace(/^\//, ''))
    // a later major keeps its files below those of the first
    .filter((name) => !/^v\d+\//.test(name))
    .toSorted()
  return names.map((name) => ({ path: `${id}/${name}`, file: fileOf(typeOf(name), () => readFile(join(folder, name))) }))
}
