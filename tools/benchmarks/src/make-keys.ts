import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateSigningKey } from '@ashlar/security'

/** Files with the keys of both sides. */
export interface KeyFiles extends AsyncDisposable {
  readonly orders: string
  readonly catalogue: string
  readonly all: string
}

/** Makes keys that live as long as the benchmark. */
export async function makeKeys(): Promise<KeyFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'ashlar-bench-'))
  const [orders, catalogue] = await Promise.all([generateSigningKey('orders'), generateSigningKey('catalogue')])
  const files = { orders: join(folder, 'orders.json'), catalogue: join(folder, 'catalogue.json'), all: join(folder, 'all.json') }
  const write = (file: string, content: unknown) => writeFile(file, JSON.stringify(content), { mode: 0o600 })
  await Promise.all([
    write(files.orders, orders.privateJwk),
    write(files.catalogue, catalogue.privateJwk),
    write(files.all, { keys: [orders.publicJwk, catalogue.publicJwk] }),
  ])
  return { ...files, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}
