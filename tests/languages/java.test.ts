import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { needTool, ownFolder } from '@deploy/local/testing'
import { expect, it } from 'vitest'
import { contractNames, generatedFiles } from './generated.ts'
import { forEach, runTool } from './run-tool.ts'

const quicktype = fileURLToPath(import.meta.resolve('quicktype'))
const toJava = '--lang java --src-lang schema --just-types'.split(' ')

it('quicktype makes Java classes of every shape, under its own name, and javac compiles them', async (context) => {
  const javac = await needTool(context, 'javac')
  const folder = await ownFolder()
  const locks = await generatedFiles((file) => file === 'contract.lock.json')
  expect([...new Set(locks.map(({ contract }) => contract))]).toEqual(await contractNames())
  await forEach(locks, async ({ path }) => {
    const { name, version } = JSON.parse(await readFile(path, 'utf8')) as { name: string; version: number }
    const into = join(folder, name, `v${version}`)
    await mkdir(into, { recursive: true })
    const where = ['--package', `${name}.v${version}`, '-o', join(into, 'Shapes.java')]
    await runTool(process.execPath, [quicktype, ...toJava, ...where, `${path}#/$defs/`], { cwd: folder })
  })
  const classes = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.java'))
  const known = ['orders/v1/Order', 'orders/v1/PlaceOrderInput', 'orders/v1/OrderPlaced', 'users/v1/User']
  expect(classes).toEqual(expect.arrayContaining(known.map((name) => `${name}.java`)))
  await runTool(javac.file, ['-Werror', '-Xlint:all', '-d', 'compiled', ...classes], { cwd: folder })
  expect(await readdir(join(folder, 'compiled', 'orders', 'v1'))).toContain('Order.class')
})
