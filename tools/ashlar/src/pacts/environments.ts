import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { jsonIn } from '../files/json-in.ts'
import { contentOf } from './content-of.ts'
import { currentPacts, namesIn, pactsIn, type PactFile } from './pact-files.ts'

/** What runs in one place: the version of each service, and what the services there read of each other. */
export interface Environment {
  readonly name: string
  readonly services: Readonly<Record<string, string>>
  readonly pacts: readonly PactFile[]
}

/** Reads an environment, `deploy/environments/<name>.json`; `undefined` when nothing was ever deployed there. Throws `RefusedError` for a file that is not JSON, as after a merge. */
export async function readEnvironment(root: string, name: string): Promise<Environment | undefined> {
  const noted = (await jsonIn(`${homeOf(root, name)}.json`)) as Pick<Environment, 'services'> | undefined
  if (noted === undefined) return undefined
  const folder = join(homeOf(root, name), 'pacts')
  const pacts = await Promise.all((await namesIn(folder)).map((provider) => pactsIn(join(folder, provider), provider)))
  return { name, services: noted.services, pacts: pacts.flat() }
}

/** Reads every environment there is. */
export async function readEnvironments(root: string): Promise<Environment[]> {
  const names = (await namesIn(join(root, 'deploy', 'environments'))).filter((name) => name.endsWith('.json'))
  const found = await Promise.all(names.map((name) => readEnvironment(root, name.slice(0, -'.json'.length))))
  return found.filter((environment) => environment !== undefined)
}

/** Notes that a service, as it is now, runs in an environment: its version, and its pacts, which later providers there are held to. */
export async function noteDeployment(root: string, service: string, to: string): Promise<string> {
  const environment = (await readEnvironment(root, to)) ?? { services: {}, pacts: [] }
  const { version } = await contentOf(root, service)
  const sorted = Object.entries({ ...environment.services, [service]: version }).toSorted(([one], [other]) => (one < other ? -1 : 1))
  for (const { consumer, file } of environment.pacts) if (consumer === service) await rm(file)
  for (const { consumer, provider, file } of await currentPacts(root)) {
    if (consumer !== service) continue
    const kept = join(homeOf(root, to), 'pacts', provider, `${consumer}.json`)
    await mkdir(dirname(kept), { recursive: true })
    await copyFile(file, kept)
  }
  await mkdir(dirname(homeOf(root, to)), { recursive: true })
  await writeFile(`${homeOf(root, to)}.json`, `${JSON.stringify({ services: Object.fromEntries(sorted) }, undefined, 2)}\n`)
  return version
}

function homeOf(root: string, name: string): string {
  return join(root, 'deploy', 'environments', name)
}
