/** One file of a reference. */
export interface DocsFile {
  /** Media type, with its charset where that matters. */
  readonly type: string
  /** Whether its name changes whenever its content does, so that it may be kept for ever. */
  readonly isImmutable: boolean
  /** Throws `ViewerMissingError` when it needs a viewer that is not installed. */
  read(): Promise<Buffer>
}

/** All files of a reference, by path: `orders.v1/events.html`. Nothing else can be asked of it. */
export type DocsSite = ReadonlyMap<string, DocsFile>

/** A script and a style that pages load, under names that change with their content. */
export interface Assets {
  readonly script: string
  readonly style: string
  readonly files: readonly (readonly [path: string, file: DocsFile])[]
}

/** The package that shows OpenAPI documents is not installed: everything else of a reference can be read. */
export class ViewerMissingError extends Error {
  override readonly name = 'ViewerMissingError'
  constructor() {
    super('the viewer of OpenAPI documents (swagger-ui-dist) is not installed: the documents themselves are there')
  }
}

/** Gives a file whose content is known. */
export function fileOf(type: string, text: () => string | Buffer | Promise<string | Buffer>): DocsFile {
  return { type, isImmutable: false, read: async () => Buffer.from(await text()) }
}

const types: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json',
}

/** Gives the media type of a file by the end of its name; plain text for any it does not know. */
export function typeOf(path: string): string {
  return types[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain; charset=utf-8'
}
