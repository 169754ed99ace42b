import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { pactCanIDeployIn } from '../commands/pact-can-i-deploy.ts'
import { pactDeployedIn } from '../commands/pact-deployed.ts'
import { pactMatrixIn } from '../commands/pact-matrix.ts'
import { runHere, type Said } from '../testing/run-here.ts'
import { contentOf } from './content-of.ts'
import { readEnvironments } from './environments.ts'
import { currentPacts } from './pact-files.ts'
import { noteResults, noteTold } from './results.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'pacts-'))
  await write('package.json', JSON.stringify({ workspaces: ['contracts/*', 'platform/*', 'services/*'] }))
  await put('services/shop', '@services/shop', '@contracts/stock')
  await put('services/stock', '@services/stock', '@contracts/stock', '@ashlar/rpc', 'pg')
  await put('contracts/stock', '@contracts/stock', '@ashlar/contract')
  await put('platform/contract', '@ashlar/contract')
  await put('platform/rpc', '@ashlar/rpc', '@ashlar/telemetry')
  await put('platform/telemetry', '@ashlar/telemetry')
  await put('platform/unneeded', '@ashlar/unneeded')
  await write('services/stock/src/main.ts', 'export const stock = 1')
  await write('contracts/stock/index.ts', 'export const level = 1')
  await write('contracts/stock/pacts/shop.json', '{"reads":"level"}')
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** Writes a package of the workspace. */
async function put(folder: string, name: string, ...needs: string[]): Promise<void> {
  await write(`${folder}/package.json`, JSON.stringify({ name, dependencies: Object.fromEntries(needs.map((need) => [need, '1.0.0'])) }))
}
async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}
/** What `npm run test:contract` does: has the shop tell what it reads, and holds the stock, as it is, to the pacts that are current and deployed. */
async function verify(broken: readonly string[] = []): Promise<void> {
  await hold(broken)
  for (const pact of await currentPacts(root)) await noteTold(root, pact, await contentOf(root, pact.consumer))
}
/** Half of it: the shop's tests failed, or were not run. */
async function hold(broken: readonly string[] = []): Promise<void> {
  const environments = await readEnvironments(root)
  const stock = await contentOf(root, 'stock')
  const pacts = [...(await currentPacts(root)), ...environments.flatMap(({ pacts: deployed }) => deployed)]
  const results = pacts.map(({ consumer, hash }) => ({ version: stock.version, consumer, pact: hash, broken }))
  await noteResults(root, 'stock', {
    results,
    seen: stock,
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

it.each([
  ['services/stock/src/main.ts', 'stock was not verified for shop since services/stock changed'],
  ['contracts/stock/index.ts', 'stock was not verified for shop since contracts/stock changed'],
  ['platform/rpc/src/index.ts', 'stock was not verified for shop since platform/rpc changed'],
  ['platform/telemetry/src/index.ts', 'stock was not verified for shop since platform/telemetry changed'],
  ['services/stock/migrations/0001.do.create-stock.sql', 'stock was not verified for shop since services/stock changed'],
  ['contracts/stock/pacts/shop.json', 'stock was not verified since what shop reads of it changed'],
  ['services/shop/src/main.ts', 'shop has not told what it reads of stock since services/shop changed'],
])('says no again once %s has changed, and what has', async (file, said) => {
  await verify()
  expect((await canI('shop')).code).toBe(0)
  await write(file, `changed ${file}`)
  for (const service of ['shop', 'stock']) {
    const { code, lines } = await canI(service)
    expect(code).toBe(1)
    expect(lines.join('\n')).toContain(`  ${said}`)
    expect(lines.join('\n')).toContain('npm run test:contract')
  }
  await verify()
  expect((await canI('shop')).code).toBe(0)
})

it('names the first of many parts that changed, and an exact version of a package of others among them', async () => {
  await verify()
  await put('services/stock', '@services/stock', '@contracts/stock', '@ashlar/rpc')
  for (const folder of ['platform/contract', 'platform/rpc', 'platform/telemetry']) await write(`${folder}/src/index.ts`, 'export {}')
  expect((await canI('stock')).lines.join('\n')).toContain(
    'since platform/contract, platform/rpc, platform/telemetry and 1 more changed: npm run test:contract',
  )
})

it('says yes again once everything is as it was when it was verified', async () => {
  await write('platform/rpc/src/index.ts', 'export const wire = 1')
  await verify()
  await write('platform/rpc/src/index.ts', 'export const wire = 2')
  expect((await canI('stock')).code).toBe(1)
  await write('platform/rpc/src/index.ts', 'export const wire = 1')
  expect((await canI('stock')).code).toBe(0)
})

it('does not take a pact for told when the provider alone was tried again', async () => {
  await verify()
  await write('services/shop/src/main.ts', 'export const shop = 2')
  await write('services/stock/src/main.ts', 'export const stock = 2')
  await hold()
  expect((await canI('stock')).lines).toEqual([
    'no: stock cannot be deployed beside the services of this repository',
    '  shop has not told what it reads of stock since services/shop changed: npm run test:contract',
  ])
  await verify()
  expect((await canI('stock')).code).toBe(0)
})

it('knows what it was told in a file of old, without saying since when', async () => {
  const [pact] = await currentPacts(root)
  const version = (await contentOf(root, 'stock')).version
  const results = [{ version, consumer: 'shop', pact: pact?.hash, broken: [] }]
  await write('contracts/stock/pacts/verified/results.json', JSON.stringify({ provider: 'stock', results }))
  expect((await canI('shop')).lines).toContain('  shop has not told what it reads of stock since it changed: npm run test:contract')
})

it('does not care for tests, generated files and packages it does not need', async () => {
  await verify()
  await write('platform/unneeded/src/index.ts', 'export {}')
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
    '| shop | … | stock | … | stale | here |',
    '| shop | … | stock | … | kept | production |',
  ])
  const json = await runHere(pactMatrixIn(root), ['--format', 'json'], {})
  expect(JSON.parse(json.lines.join('\n'))).toMatchObject([
    { outcome: 'stale', where: ['here'] },
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
