import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const contractScope = '@contracts/'

/** There is no such service in the repository. */
export class ServiceUnknownError extends Error {
  override readonly name = 'ServiceUnknownError'
}

/**
 * Gives the version of a service: a short hash of what it is made of, its own code and migrations and the contracts it names,
 * tests and generated files left out. The platform is not in it: what a change of the platform breaks, the next run of
 * `npm run test:contract` finds, which replays everything. Throws `ServiceUnknownError`.
 */
export async function versionOf(root: string, service: string): Promise<string> {
  const home = homeOf(root, service)
  const { dependencies = {} } = JSON.parse(await readFile(join(root, home, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>
  }
  const contracts = Object.keys(dependencies).flatMap((name) =>
    name.startsWith(contractScope) ? [`contracts/${name.slice(contractScope.length)}`] : [],
  )
  const hash = createHash('sha256')
  for (const file of await sourcesIn(root, [home, ...contracts])) hash.update(`${file}\n`).update(await readFile(join(root, file)))
  return hash.digest('hex').slice(0, 16)
}

function homeOf(root: string, service: string): string {
  // the gateway has no folder among the services
  const home = [`services/${service}`, service].find((folder) => existsSync(join(root, folder, 'package.json')))
  if (home === undefined) throw new ServiceUnknownError(`there is no service "${service}"`)
  return home
}

async function sourcesIn(root: string, folders: readonly string[]): Promise<string[]> {
  const patterns = folders.flatMap((folder) => [`${folder}/**/*.{ts,sql}`, `${folder}/package.json`])
  const found: string[] = []
  for await (const file of glob(patterns, { cwd: root })) found.push(file.replaceAll('\\', '/'))
  return found.filter((file) => !/\.test\.ts$|\/(?:node_modules|generated|pacts|fixtures|test|testing)\//.test(file)).toSorted()
}
