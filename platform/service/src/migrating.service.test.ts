import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { bankService, bankTables, quietBank } from './testing/bank.ts'
import { Town } from './testing/town.ts'

let town: Town
let folder: string
beforeAll(async () => {
  town = await Town.make({ bank: bankTables })
  folder = await mkdtemp(join(tmpdir(), 'bank-migrations-'))
  await writeFile(join(folder, '0001.do.add-a-vault.sql'), 'create table vaults (id integer primary key);\n')
})
afterAll(async () => {
  await town[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

it('does not serve on a database that lacks a migration of its own, and names it', async () => {
  await using platform = await town.platform(['bank'])
  const behind = { ...bankService(quietBank()), migrations: pathToFileURL(folder) }
  await expect(platform.serve(behind)).rejects.toThrow('bank/0001.do.add-a-vault.sql')
})
