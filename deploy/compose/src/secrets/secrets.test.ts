import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compose, composeFolder, composeText, mountsOf } from '../testing/compose-file.ts'
import { handOut } from './hand-out.ts'
import { makeSecrets, type Secrets } from './make-secrets.ts'
import { secretFiles } from './secret-files.ts'

const root = join(composeFolder, '..', '..')
let folder = ''
let secrets: Secrets
async function prepare(): Promise<Secrets> {
  const made = await makeSecrets({ root, vault: join(folder, 'vault') })
  await handOut(folder, await secretFiles(made))
  return made
}
const everything = async (): Promise<Record<string, string>> => {
  const names = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return Object.fromEntries(
    await Promise.all(
      names.map(async ({ parentPath, name }) => [join(parentPath, name), await readFile(join(parentPath, name), 'utf8')] as const),
    ),
  )
}
const handed = (container: string, file: string): Promise<string> => readFile(join(folder, container, file), 'utf8')
const variables = async (container: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (await handed(container, 'environment'))
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ashlar-secrets-'))
  secrets = await prepare()
})
afterAll(() => rm(folder, { recursive: true }))

it('stays the same however often it is made', async () => {
  const before = await everything()
  await prepare()
  expect(await everything()).toEqual(before)
})

it('mends what a run that was killed left half done', async () => {
  const before = await everything()
  await rm(join(folder, 'orders', 'environment'))
  await handOut(folder, { orders: { '.environment': 'half' } })
  await prepare()
  expect(await handed('orders', 'environment')).toBe(before[join(folder, 'orders', 'environment')])
})

it('gives a service its own addresses, by which nobody else comes in', async () => {
  const { NATS_URL, ORDERS_DATABASE_URL, ORDERS_KEY_FILE } = await variables('orders')
  expect(new URL(NATS_URL!)).toMatchObject({ username: 'orders', host: 'nats:4222' })
  expect(new URL(ORDERS_DATABASE_URL!)).toMatchObject({ username: 'orders', host: 'postgres:5432', pathname: '/orders' })
  expect(ORDERS_KEY_FILE).toBe('/run/ashlar/key.json')
  expect(JSON.parse(await handed('orders', 'key.json'))).toMatchObject({ kid: expect.stringMatching(/^orders-/) })
})

it('tells no container what is another’s', async () => {
  const all = await everything()
  const seenBy = (container: string): string =>
    Object.entries(all)
      .filter(([file]) => file.startsWith(join(folder, container, '/')))
      .map(([, text]) => text)
      .join('\n')
  for (const service of secrets.services) {
    const foreign = [
      secrets.superuserPassword,
      ...secrets.brokerUsers.filter(({ name }) => name !== service).map(({ password }) => password),
      ...[...secrets.databasePasswords].filter(([name]) => name !== service).map(([, password]) => password),
    ]
    expect(foreign.filter((password) => seenBy(service).includes(password))).toEqual([])
    expect(seenBy(service).match(/"d"/g)).toHaveLength(service === 'users' ? 2 : 1)
  }
  expect(seenBy('gateway')).not.toMatch(/:\/\//)
})

it('is read by the container’s user, who may not change it, and its maker’s own by nobody else', async () => {
  expect((await stat(join(folder, 'orders', 'key.json'))).mode & 0o777).toBe(0o444)
  expect((await stat(join(folder, 'vault', 'superuser-password'))).mode & 0o777).toBe(0o600)
})

describe('compose.yaml', () => {
  const mounts = Object.entries(compose.services).flatMap(([name, container]) => mountsOf(container).map((mount) => ({ name, ...mount })))

  it('mounts each container’s secrets into it and the maker, and nowhere else', async () => {
    const made = Object.keys(await secretFiles(secrets))
    expect(
      mounts
        .filter(({ name }) => name === 'secrets')
        .map(({ target }) => target)
        .toSorted(),
    ).toEqual(['vault', ...made].map((name) => `/secrets/${name}`).toSorted())
    const handedOut = mounts.filter(({ name, source }) => name !== 'secrets' && source.startsWith('secrets-'))
    const readers = { operator: ['migrate', 'ashlar'] } as Readonly<Record<string, readonly string[]>>
    const wanted = made.flatMap((of) =>
      (readers[of] ?? [of]).map((name) => ({ name, source: `secrets-${of}`, target: '/run/ashlar', mode: 'ro' })),
    )
    expect(new Set(handedOut.map((mount) => JSON.stringify(mount)))).toEqual(new Set(wanted.map((mount) => JSON.stringify(mount))))
  })

  it('holds no secret itself', () => {
    expect(composeText).not.toMatch(/:\/\/[^\s/]*@/)
    expect(composeText).not.toMatch(/PASSWORD:|SECRET:|TOKEN:/)
  })
})
