import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)
const patienceMs = 15_000
const oldestCompose = [2, 20]
const instead = `Without Docker:
  npm run dev      the shop, as processes of this machine
  npm run stack    beside it: collector, Jaeger, Loki, Prometheus`

/** Docker cannot be used here; the message says why, and what to do instead. */
export class DockerMissingError extends Error {
  override readonly name = 'DockerMissingError'
  constructor(why: string, options?: ErrorOptions) {
    super(`${why}\n\n${instead}`, options)
  }
}

/** Makes sure that Docker, its Compose and its engine are here. Throws `DockerMissingError`. */
export async function requireDocker(): Promise<void> {
  const version = await ask(['compose', 'version', '--short'])
  if (version === undefined)
    throw new DockerMissingError(
      'Docker has no Compose here: "docker compose version" fails. Install its plugin: https://docs.docker.com/compose/install',
    )
  if (!isNewEnough(version)) throw new DockerMissingError(`Compose ${version} is too old: ${oldestCompose.join('.')} or newer is needed.`)
  if ((await ask(['info', '--format', '{{.ServerVersion}}'])) === undefined)
    throw new DockerMissingError('Docker does not answer. Is its engine running, and may you use it? "docker info" says more.')
}

async function ask(words: readonly string[]): Promise<string | undefined> {
  try {
    return (await run('docker', [...words], { timeout: patienceMs })).stdout.trim()
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT')
      throw new DockerMissingError('Docker is not here: there is no program "docker".', { cause })
    return undefined
  }
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldestCompose
  return major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)
}
