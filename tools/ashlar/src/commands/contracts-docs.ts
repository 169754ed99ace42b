import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import type { AnyContract } from '@ashlar/contract'
import { docsSite, generator, ViewerMissingError, type DocsFile } from '@ashlar/contract-docs'
import { allContracts } from '../all-contracts.ts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { absentAs } from '../files/absent-as.ts'
import { repositoryRoot } from '../generated/write-or-check.ts'

/** Writes the reference that the gateway serves at `/docs` as files, for any server of files. */
export const contractsDocs: Command = {
  words: ['contracts', 'docs'],
  parameters: '--output <folder> [--public]',
  takes: 'none',
  summary: 'write the reference of all contracts, as the gateway serves it at /docs, into a folder',
  options: {
    output: { kind: 'string', help: 'where to write it: a folder that is empty, is not there yet, or holds an earlier reference' },
    public: { kind: 'boolean', help: 'leave out what travels between services: only what the gateway answers' },
  },
  async run(request) {
    const folder = textOption(request, 'output')
    if (folder === undefined) throw new UsageError('say where to write it: --output <folder>. Running, the gateway serves it at /docs')
    const site = await docsSite({
      title: 'The shop',
      contracts: await allContracts(),
      openApi: () => readFile(join(repositoryRoot, 'gateway/generated/openapi.json')),
      readers: request.options['public'] === true ? 'public' : 'internal',
      emittedFolder,
      served: 'from-folder',
    })
    const target = resolve(folder)
    await requireOwn(target)
    await Promise.all([...site].map(([path, file]) => writeInto(target, path, file)))
    request.print(`wrote ${site.size} files to ${target}`)
    request.print(`to look at them, serve the folder: python3 -m http.server --directory ${target}`)
  },
}

function emittedFolder({ name, version }: AnyContract): string {
  return join(repositoryRoot, 'contracts', name, 'generated', version === 1 ? '' : `v${version}`)
}

/** Nobody's own files are to be written over by a slip of the keyboard. */
async function requireOwn(folder: string): Promise<void> {
  const names = await absentAs([], readdir(folder)).catch((cause: unknown) => {
    throw new RefusedError(`${folder} cannot be read as a folder: name one that is empty or not there yet`, { cause })
  })
  if (names.length === 0) return
  const index = await absentAs('', readFile(join(folder, 'index.html'), 'utf8'))
  if (!index.includes(`content="${generator}"`)) throw new RefusedError(`${folder} holds something else: name an empty folder`)
}

async function writeInto(folder: string, path: string, file: DocsFile): Promise<void> {
  const content = await file.read().catch((cause: unknown) => {
    if (cause instanceof ViewerMissingError) throw new RefusedError(`${cause.message}: npm ci installs it`, { cause })
    throw cause
  })
  await mkdir(dirname(join(folder, path)), { recursive: true })
  await writeFile(join(folder, path), content)
}
