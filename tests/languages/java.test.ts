import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { needTool, ownFolder } from '@deploy/local/testing'
import { expect, it } from 'vitest'
import { contractNames, generatedFiles } from './generated.ts'
import { forEach, runTool } from './run-tool.ts'

const quicktype = fileURLToPath(import.meta.resolve('quicktype'))

it('quicktype makes Java classes of every shape, under its own name, and javac compiles them', async (context) => {
  const javac = await needTool(context, 'javac')
  const folder = await ownFolder()
  const locks = await generatedFiles((file) => file === 'contract.lock.json')
  expect(locks.map(({ contract }) => contract)).toEqual(await contractNames())
  await forEach(locks, async ({ contract, path }) => {
    await mkdir(join(folder, contract))
    const args = [
      '--lang',
      'java',
      '--src-lang',
      'schema',
      '--just-types',
      '--package',
      contract,
      '-o',
      join(folder, contract, 'Shapes.java'),
    ]
    await runTool(process.execPath, [quicktype, ...args, `${path}#/$defs/`], { cwd: folder })
  })
  const classes = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.java'))
  expect(classes).toEqual(
    expect.arrayContaining(['orders/Order.java', 'orders/PlaceOrderInput.java', 'orders/OrderPlaced.java', 'users/User.java']),
  )
  await runTool(javac.file, ['-Werror', '-Xlint:all', '-d', 'compiled', ...classes], { cwd: folder })
  expect(await readdir(join(folder, 'compiled', 'orders'))).toContain('Order.class')
})
