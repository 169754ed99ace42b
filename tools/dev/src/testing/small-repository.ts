import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A repository made for one test. */
export interface SmallRepository extends Disposable {
  readonly root: string
  /** Gives a file's full path. */
  at(path: string): string
  write(path: string, text: string): void
}

/** Writes a repository of a few files, by path, into a temporary folder. */
export function smallRepository(files: Readonly<Record<string, string>>): SmallRepository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'ashlar-repository-')))
  const at = (path: string): string => join(root, path)
  function write(path: string, text: string): void {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  for (const [path, text] of Object.entries(files)) write(path, text)
  return { root, at, write, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) }
}

/** The text of a program that listens, says so, and is healthy. `before` runs first; it may import. */
export function helloProgram(before = ''): string {
  return `import { createServer } from 'node:http'
${before}
const server = createServer((_request, response) => response.end('hello'))
server.listen(Number(process.env.PORT ?? 0), '127.0.0.1', () => {
  console.log(JSON.stringify({ level: 'info', event: 'ready', host: '127.0.0.1', port: server.address().port, msg: 'ready' }))
})
process.once('SIGTERM', () => server.close())
`
}
