import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { brokerUrlOf, prepareKeys } from '@deploy/local'
import type { StartedShop } from '../harness/index.ts'
import { runProgram } from '../harness/run-program.ts'
import { repository } from '../harness/shop.ts'

/** A change of a file, named from the repository's root: what is there, and what is written instead. */
export type Edit = readonly [file: string, from: string, to: string]

/** A copy of one service and its contract, changed and running on the shop's database; nobody in the shop finds it. */
export interface ChangedCopy extends AsyncDisposable {
  readonly url: string
}

/** Copies a service, changes the copy and runs it. Throws where an edit finds nothing to change. */
export async function runChangedCopy(shop: StartedShop, service: string, edits: readonly Edit[]): Promise<ChangedCopy> {
  await using opened = new AsyncDisposableStack()
  const copy = await mkdtemp(join(tmpdir(), 'changed-'))
  opened.defer(() => rm(copy, { recursive: true, force: true }))
  for (const part of [`services/${service}`, `contracts/${service}`])
    await cp(join(repository, part), join(copy, part), { recursive: true })
  await linkPackages(copy, service)
  for (const [file, from, to] of edits) {
    const text = await readFile(join(copy, file), 'utf8')
    if (!text.includes(from)) throw new Error(`${file} holds no ${from}`)
    await writeFile(join(copy, file), text.replaceAll(from, to))
  }
  const program = await runProgram(join(copy, 'services', service, 'src', 'main.ts'), await environmentOf(shop, service, copy))
  opened.use(program)
  const { host, port } = program.announcement
  const running = opened.move()
  return { url: `http://${host}:${port}`, [Symbol.asyncDispose]: () => running.disposeAsync() }
}

/** Every package is the repository's own but the changed contract. */
async function linkPackages(copy: string, service: string): Promise<void> {
  const [from, to] = [join(repository, 'node_modules'), join(copy, 'node_modules')]
  await mkdir(join(to, '@contracts'), { recursive: true })
  for (const name of await readdir(from)) if (name !== '@contracts') await symlink(join(from, name), join(to, name))
  for (const name of await readdir(join(from, '@contracts'))) {
    const target = name === service ? join(copy, 'contracts', name) : join(from, '@contracts', name)
    await symlink(target, join(to, '@contracts', name))
  }
}

async function environmentOf(shop: StartedShop, service: string, copy: string): Promise<Record<string, string>> {
  const { folder, topology } = shop.system
  const { keyFileOf, publicKeysFile } = await prepareKeys({ folder, names: [service] })
  return {
    NATS_URL: (await brokerUrlOf(service, { folder, url: topology.natsUrl })) ?? '',
    REGISTRY_URL: pathToFileURL(join(copy, 'registry')).href,
    PUBLIC_KEYS_FILE: publicKeysFile,
    DRAIN_PROPAGATION_MS: '0',
    [`${service.toUpperCase()}_DATABASE_URL`]: await shop.databaseUrl(service),
    [`${service.toUpperCase()}_KEY_FILE`]: keyFileOf(service),
  }
}
