import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

/** Gives the names of the services whose code is in a repository, sorted. */
export function findServices(root: string): string[] {
  const services = join(root, 'services')
  return readdirSync(services)
    .filter((name) => existsSync(serviceMain(root, name)))
    .toSorted()
}

/** Gives the entry file of a service. */
export function serviceMain(root: string, service: string): string {
  return join(root, 'services', service, 'src', 'main.ts')
}

/** A name was asked for that no service has. */
export class UnknownServiceError extends Error {
  override readonly name = 'UnknownServiceError'
}

/** Picks the services asked for, or all. Throws `UnknownServiceError` naming those there are. */
export function chooseServices(all: readonly string[], only: readonly string[] | undefined): string[] {
  const unknown = only?.find((name) => !all.includes(name))
  if (unknown !== undefined) throw new UnknownServiceError(`There is no service "${unknown}". There are: ${all.join(', ')}.`)
  return only === undefined ? [...all] : all.filter((name) => only.includes(name))
}
