import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { typeOf, type Assets, type DocsFile } from './docs-file.ts'

/** Finds what shows OpenAPI documents in a browser where npm has put it; `undefined` where it is not installed. */
export function findViewer(): Assets | undefined {
  const require = createRequire(import.meta.url)
  const manifest = manifestOf(require)
  if (manifest === undefined) return undefined
  const folder = dirname(require.resolve('swagger-ui-dist/package.json'))
  const kept = (path: string, name: string): readonly [string, DocsFile] => {
    const content = (): Promise<Buffer> => readFile(join(folder, name))
    return [path, { type: typeOf(path), isImmutable: true, read: content }]
  }
  const [script, style] = [`assets/swagger-ui-${manifest.version}.js`, `assets/swagger-ui-${manifest.version}.css`]
  return { script, style, files: [kept(script, 'swagger-ui-bundle.js'), kept(style, 'swagger-ui.css')] }
}

function manifestOf(require: NodeJS.Require): { readonly version: string } | undefined {
  try {
    return require('swagger-ui-dist/package.json') as { version: string }
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'MODULE_NOT_FOUND') return undefined
    throw cause
  }
}
