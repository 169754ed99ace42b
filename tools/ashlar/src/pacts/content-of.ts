import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jsonIn } from '../files/json-in.ts'

/** What a service is made of. */
export interface Content {
  /** A short hash of the whole. */
  readonly version: string
  /** A short hash of each part, by its folder. */
  readonly parts: Parts
}

export type Parts = Readonly<Record<string, string>>

/** There is no such service in the repository. */
export class ServiceUnknownError extends Error {
  override readonly name = 'ServiceUnknownError'
}

/**
 * Tells what a service is made of: its own code and migrations, the contracts it names, and every package of the workspace that it or
 * those need to run, with the exact versions of others' packages that they name. Tests and generated files are left out. Throws `ServiceUnknownError`.
 */
export async function contentOf(root: string, service: string): Promise<Content> {
  const folders = await foldersOf(root, service)
  const hashed = await Promise.all(folders.map(async (folder) => [folder, await hashOfFolder(root, folder)] as const))
  return { version: shortHash(JSON.stringify(hashed)), parts: Object.fromEntries(hashed) }
}

/** Names what is not the same in two contents, by folder. */
export function changedParts(before: Parts, after: Parts): string[] {
  const all = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted()
  return all.filter((folder) => before[folder] !== after[folder])
}

/** The folders of a service and of all that it needs from here, sorted. */
async function foldersOf(root: string, service: string): Promise<string[]> {
  // the gateway has no folder among the services
  const home = [`services/${service}`, service].find((folder) => existsSync(join(root, folder, 'package.json')))
  if (home === undefined) throw new ServiceUnknownError(`there is no service "${service}"`)
  const packages = await packagesBelow(root)
  const needed = new Set([home])
  // a set gives what is added to it while it is walked
  for (const folder of needed)
    for (const name of Object.keys((await packageIn(root, folder)).dependencies ?? {})) {
      const found = packages.get(name)
      if (found !== undefined) needed.add(found)
    }
  return [...needed].toSorted()
}

interface Package {
  readonly name?: string
  readonly workspaces?: readonly string[]
  readonly dependencies?: Readonly<Record<string, string>>
}

/** The packages of the workspace, by name. */
async function packagesBelow(root: string): Promise<ReadonlyMap<string, string>> {
  const { workspaces = [] } = await packageIn(root, '.')
  const found = new Map<string, string>()
  for await (const file of glob(
    workspaces.map((pattern) => `${pattern}/package.json`),
    { cwd: root },
  )) {
    const folder = file.replaceAll('\\', '/').slice(0, -'/package.json'.length)
    const { name } = await packageIn(root, folder)
    if (name !== undefined) found.set(name, folder)
  }
  return found
}

async function packageIn(root: string, folder: string): Promise<Package> {
  return (await jsonIn(join(root, folder, 'package.json'))) ?? {}
}

async function hashOfFolder(root: string, folder: string): Promise<string> {
  const found: string[] = []
  for await (const file of glob([`${folder}/**/*.{ts,sql}`, `${folder}/package.json`], { cwd: root }))
    found.push(file.replaceAll('\\', '/'))
  const sources = found.filter((file) => !/\.test\.ts$|\/(?:node_modules|generated|pacts|fixtures|test|testing)\//.test(file)).toSorted()
  const texts = await Promise.all(sources.map((file) => readFile(join(root, file))))
  return shortHash(JSON.stringify(sources.map((file, at) => [file, shortHash(texts[at] ?? '')])))
}

function shortHash(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
