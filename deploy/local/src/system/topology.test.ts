import { spawnSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { sampleTopology as topology } from '../testing/sample-topology.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { databasePasswords } from './database-passwords.ts'
import { clearTopology, databaseUrlOf, NothingRunningError, readTopology, withoutSecrets, writeTopology } from './topology.ts'

it('tells later tools where everything is, until it stops', async () => {
  const folder = await ownFolder()
  await expect(readTopology(folder)).rejects.toThrow(NothingRunningError)
  await writeTopology(folder, topology)
  expect(await readTopology(folder)).toEqual(topology)
  await clearTopology(folder)
  await expect(readTopology(folder)).rejects.toThrow('Start it in another terminal: npm run dev')
})

it('tells a system that was killed from one that runs', async () => {
  const folder = await ownFolder()
  const { pid } = spawnSync(process.execPath, ['--version'])
  await writeTopology(folder, { ...topology, pid })
  await expect(readTopology(folder)).rejects.toThrow('The shop that ran here is gone. Start it in another terminal: npm run dev')
})

it('puts a database’s address together from the topology and the secrets', async () => {
  const folder = await ownFolder()
  await writeTopology(folder, topology)
  const password = (await databasePasswords(folder, ['orders'])).get('orders')
  expect(await databaseUrlOf(folder, 'orders')).toBe(`postgres://orders:${password}@127.0.0.1:4732/orders`)
  await expect(databaseUrlOf(folder, 'wallet')).rejects.toThrow('wallet has no database here')
})

it('takes the password out of an address', () => {
  expect(withoutSecrets('postgres://ashlar:s3cret@127.0.0.1:4732/postgres')).toBe('postgres://127.0.0.1:4732')
})
