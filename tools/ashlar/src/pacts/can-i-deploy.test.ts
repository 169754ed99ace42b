import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pactCanIDeployIn } from '../commands/pact-can-i-deploy.ts'
import { pactDeployedIn } from '../commands/pact-deployed.ts'
import { pactMatrixIn } from '../commands/pact-matrix.ts'
import { runHere, type Said } from '../testing/run-here.ts'
import { readEnvironments } from './environments.ts'
import { currentPacts } from './pact-files.ts'
import { noteResults } from './results.ts'
import { versionOf } from './version-of.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pacts-'))
  await write('services/shop/package.json', JSON.stringify({ dependencies: { '@contracts/shop': '*', '@contracts/stock': '*' } }))
  await write('services/stock/package.json', JSON.stringify({ dependencies: { '@contracts/stock': '*' } }))
  await write('services/stock/src/main.ts', 'export const stock = 1')
  await write('contracts/stock/index.ts', 'export const level = 1')
  await write('contracts/stock/pacts/shop.json', '{"reads":"level"}')
})
afterEach(() => rm(root, { recursive: true, force: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}
/** What `npm run test:contract` does at its end: holds the stock, as it is, to the pacts that are current and deployed. */
async function verify(broken: readonly string[] = []): Promise<void> {
  const environments = await readEnvironments(root)
  const version = await versionOf(root, 'stock')
  const pacts = [...(await currentPacts(root)), ...environments.flatMap(({ pacts: deployed }) => deployed)]
  const results = pacts.map(({ consumer, hash }) => ({ version, consumer, pact: hash, broken }))
  await noteResults(root, 'stock', {
    results,
    keep: ({ version: earlier }) => environments.some(({ services }) => services['stock'] === earlier),
  })
}
const canI = (...words: string[]): Promise<Said> => runHere(pactCanIDeployIn(root), words, {})
const deployed = (service: string): Promise<Said> => runHere(pactDeployedIn(root), [service, '--to', 'production'], {})

it('says no while nobody has held the provider to the pact, and yes once it was kept', async () => {
  const before = await canI('shop')
  expect(before.code).toBe(1)
  expect(before.lines[1]).toMatch(/stock [0-9a-f]{16} was never held to what shop reads \(pact [0-9a-f]{16}\): npm run test:contract/)
  await verify()
  expect(await canI('shop')).toEqual({ code: 0, lines: ['yes: shop can be deployed beside the services of this repository'] })
  expect((await canI('stock')).code).toBe(0)
})

it('says what is broken, and for whom', async () => {
  await verify(['shop reads $.level of stock.getLevel (some): it is not there'])
  const said = await canI('stock')
  expect(said.code).toBe(1)
  expect(said.lines).toContain('  shop reads $.level of stock.getLevel (some): it is not there')
})

it('says no again when the provider, its contract or the pact has changed since', async () => {
  for (const file of ['services/stock/src/main.ts', 'contracts/stock/index.ts', 'contracts/stock/pacts/shop.json']) {
    await verify()
    expect((await canI('shop')).code).toBe(0)
    await write(file, `changed ${file}`)
    expect((await canI('shop')).code).toBe(1)
  }
})

it('does not care for tests and generated files', async () => {
  await verify()
  await write('services/stock/src/main.test.ts', 'export {}')
  await write('contracts/stock/generated/openapi.json', '{}')
  expect((await canI('shop')).code).toBe(0)
})

it('knows no environment to which nothing was deployed', async () => {
  const said = await canI('shop', '--to', 'production')
  expect(said).toEqual({
    code: 1,
    lines: ['nothing is known to run in production: npm run ashlar -- pact deployed <service> --to production'],
  })
})

it('lets a consumer go only where the provider it needs runs and keeps its pact', async () => {
  await verify()
  await deployed('shop')
  expect((await canI('shop', '--to', 'production')).lines).toContain('  shop needs stock, which does not run in production')
  await deployed('stock')
  expect((await canI('shop', '--to', 'production')).code).toBe(0)
  await write('contracts/stock/pacts/shop.json', '{"reads":"level and place"}')
  expect((await canI('shop', '--to', 'production')).code).toBe(1)
})

it('holds a provider to what runs there, not to what consumers read by now', async () => {
  await verify()
  await deployed('stock')
  await deployed('shop')
  await write('contracts/stock/pacts/shop.json', '{"reads":"place"}')
  await write('services/stock/src/main.ts', 'export const stock = 2')
  const said = await canI('stock', '--to', 'production')
  expect(said.code).toBe(1)
  await verify()
  expect((await canI('stock', '--to', 'production')).code).toBe(0)
})

it('forgets nothing for a file that a merge left unreadable, and names it', async () => {
  await verify()
  await deployed('stock')
  await write('deploy/environments/production.json', '<<<<<<< ours')
  const unreadable = { code: 1, lines: [`${join(root, 'deploy/environments/production.json')} is not JSON`] }
  expect(await canI('stock', '--to', 'production')).toEqual(unreadable)
  expect(await deployed('shop')).toEqual(unreadable)
  await write('contracts/stock/pacts/verified/results.json', '<<<<<<< ours')
  expect(await canI('shop')).toEqual({ code: 1, lines: [`${join(root, 'contracts/stock/pacts/verified/results.json')} is not JSON`] })
})

it('prints what is known of each pair, as a table and as data', async () => {
  await verify()
  await deployed('stock')
  await deployed('shop')
  await write('services/stock/src/main.ts', 'export const stock = 2')
  const markdown = await runHere(pactMatrixIn(root), [], {})
  expect(markdown.lines.slice(2).map((line) => line.replaceAll(/[0-9a-f]{16}/g, '…'))).toEqual([
    '| shop | … | stock | … | unknown | here |',
    '| shop | … | stock | … | kept | production |',
  ])
  const json = await runHere(pactMatrixIn(root), ['--format', 'json'], {})
  expect(JSON.parse(json.lines.join('\n'))).toMatchObject([
    { outcome: 'unknown', where: ['here'] },
    { outcome: 'kept', where: ['production'] },
  ])
  expect((await runHere(pactMatrixIn(root), ['--format', 'xml'], {})).code).toBe(2)
})

it('asks which service and where', async () => {
  expect((await canI()).code).toBe(2)
  expect(await canI('shipping')).toEqual({ code: 1, lines: ['there is no service "shipping"'] })
  expect((await runHere(pactDeployedIn(root), ['stock'], {})).code).toBe(2)
  expect((await runHere(pactDeployedIn(root), ['stock', '--to', '../elsewhere'], {})).code).toBe(2)
})
