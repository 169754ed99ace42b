import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { findFreePorts, knownServers } from '@deploy/local'
import { ownFolder, startPostgres } from '@deploy/local/testing'
import { expect, it, onTestFinished } from 'vitest'
import { composeFolder, container } from '../testing/compose-file.ts'

const root = join(composeFolder, '..', '..')
const service = 'shipping'

/** Runs what a container runs, on this machine: the words of the image and of compose.yaml, the variables given and no others. */
function start(words: readonly string[], environment: Readonly<Record<string, string>>): ChildProcess & { said: () => string } {
  const [program = '', ...args] = words
  const child = spawn(program === 'node' ? process.execPath : program, args, {
    cwd: root,
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (said += text.toString()))
  onTestFinished(async () => {
    if (child.exitCode === null && child.signalCode === null && child.kill('SIGKILL')) await once(child, 'exit')
  })
  return Object.assign(child, { said: () => said })
}

async function runToEnd(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<{ code: unknown; said: string }> {
  const child = start(words, environment)
  const [code] = (await once(child, 'close')) as [unknown]
  return { code, said: child.said() }
}

/** Puts this machine's addresses and folders where a container would find others. */
async function rewrite(file: string, places: Readonly<Record<string, string>>): Promise<string> {
  const text = Object.entries(places).reduce((all, [from, to]) => all.replaceAll(from, to), await readFile(file, 'utf8'))
  await writeFile(`${file}.here`, text)
  return `${file}.here`
}

async function startBroker(configuration: string, port: number): Promise<void> {
  const program = await knownServers.find(({ name }) => name === 'nats')!.obtain(() => undefined)
  if ('missing' in program) throw new Error(program.missing)
  start([program.file, '--config', configuration, '--addr', '127.0.0.1', '--port', String(port)], {})
}

const wordsOf = async (instruction: string): Promise<string[]> => {
  const dockerfile = await readFile(join(root, 'deploy', 'images', 'Dockerfile'), 'utf8')
  return JSON.parse(new RegExp(`^ *${instruction} (\\[.*\\])$`, 'm').exec(dockerfile)?.[1] ?? '[]') as string[]
}

it('makes secrets, migrates, brings a service up that says when it is healthy, and ends it well', { timeout: 180_000 }, async () => {
  const folder = await ownFolder()
  const [brokerPort = 0, port = 0] = await findFreePorts(2)
  await using postgres = await startPostgres({ folder })
  const secrets = join(folder, 'secrets')
  await mkdir(secrets)
  expect(await runToEnd(['node', ...container('secrets').command!], { SECRETS_FOLDER: secrets })).toMatchObject({ code: 0 })

  await startBroker(await rewrite(join(secrets, 'nats', 'nats.conf'), { '/data/jetstream': join(folder, 'jetstream') }), brokerPort)
  const places = { '@nats:4222': `@127.0.0.1:${brokerPort}`, '@postgres:5432': `@127.0.0.1:${postgres.port}` }
  const migrating = container('migrate').command!.slice(1)
  const operator = await rewrite(join(secrets, 'operator', 'environment'), places)
  // This PostgreSQL was not made with the password that the container's is made with.
  const settings = { POSTGRES_ADMIN_URL: postgres.url, SECRETS_FOLDER: join(secrets, 'operator') }
  const migrated = await runToEnd(['node', `--env-file=${operator}`, ...migrating], settings)
  expect(migrated).toEqual({ code: 0, said: expect.stringContaining('streams are there') })

  const variables = await rewrite(join(secrets, service, 'environment'), { ...places, '/run/ashlar': join(secrets, service) })
  const entrypoint = (await wordsOf('ENTRYPOINT')).map((word) => word.replace('/run/ashlar/environment', variables))
  const address = { HOST: '127.0.0.1', PORT: String(port) }
  const check = await wordsOf('CMD')
  expect(await runToEnd(check, address)).toMatchObject({ code: 1, said: expect.stringContaining('ECONNREFUSED') })

  const running = start([...entrypoint, ...container(service).command!], {
    ...address,
    REGISTRY_URL: pathToFileURL(join(folder, 'registry')).href,
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
  })
  while ((await runToEnd(check, address)).code !== 0) {
    if (running.exitCode !== null) throw new Error(running.said())
    await sleep(200)
  }
  const ended = once(running, 'exit')
  running.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
})
