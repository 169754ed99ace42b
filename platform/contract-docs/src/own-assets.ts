import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { typeOf, type Assets, type DocsFile } from './docs-file.ts'

/** Reads style and script of the pages themselves, under names that change with their content. */
export async function readOwnAssets(): Promise<Assets> {
  const [style, script] = await Promise.all([assetOf('docs.css'), assetOf('reference.js')])
  return { style: style[0], script: script[0], files: [style, script] }
}

async function assetOf(name: string): Promise<readonly [string, DocsFile]> {
  const content = await readFile(new URL(`assets/${name}`, import.meta.url))
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12)
  const path = `assets/${name.replace('.', `-${hash}.`)}`
  return [path, { type: typeOf(path), isImmutable: true, read: () => Promise.resolve(content) }]
}
