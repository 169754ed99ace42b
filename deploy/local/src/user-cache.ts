import { homedir } from 'node:os'
import { join } from 'node:path'

/** The folder of this user where programs are kept between runs and checkouts. */
export function userCache(): string {
  const caches = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache')
  return join(caches, 'ashlar')
}

/** Where one version of a server's program is kept. */
export function serverCache(name: string, version: string): string {
  return join(userCache(), 'servers', name, version)
}

/** This platform as file names spell it: `linux-x64`, `darwin-arm64`. */
export function platformName(): string {
  return `${process.platform}-${process.arch}`
}
