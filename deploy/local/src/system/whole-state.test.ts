import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { userForPostgres } from '../postgres/other-user.ts'
import { postgresFolderOf, type PostgresFolder } from '../postgres/postgres-folder.ts'
import { StateDamagedError } from '../server/errors.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { cardLedgerIn } from './card-ledger.ts'
import { noteWholeState, requireWholeState } from './whole-state.ts'

const charge = '{"kind":"charge","key":"one"}\n'

async function makeDatabases(place: PostgresFolder, name: string): Promise<void> {
  await mkdir(place.data, { recursive: true })
  for (const file of [place.claimFile, place.markerFile]) await writeFile(file, name)
}

/** A shop that ran and stopped: databases, a ledger with a charge, a stream. */
async function usedShop(): Promise<{ folder: string; place: PostgresFolder; ledger: string }> {
  const folder = await ownFolder()
  const place = await postgresFolderOf(folder, await userForPostgres())
  const ledger = cardLedgerIn(folder)
  await requireWholeState(folder)
  await makeDatabases(place, 'first')
  await mkdir(join(folder, 'nats', 'jetstream', 'jetstream', '$G', 'streams', 'EVENTS_orders'), { recursive: true })
  await noteWholeState(folder)
  await writeFile(ledger, charge)
  return { folder, place, ledger }
}

async function refusalOf(folder: string): Promise<string> {
  const refusal: unknown = await requireWholeState(folder).catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(StateDamagedError)
  return (refusal as Error).message
}

it('lets an empty folder begin, and one that is whole go on', async () => {
  const { folder } = await usedShop()
  await expect(requireWholeState(folder)).resolves.toBeUndefined()
})

it('refuses to begin with empty databases beside a ledger of charges', async () => {
  const { folder, place, ledger } = await usedShop()
  await rm(place.home, { recursive: true })
  await rm(join(folder, 'nats'), { recursive: true })
  const refusal = await refusalOf(folder)
  expect(refusal).toContain(`The databases are gone: ${place.data}`)
  expect(refusal).toContain(ledger)
  expect(refusal).toContain('npm run dev -- --fresh')
})

it('refuses to begin with empty databases beside messages of earlier ones', async () => {
  const { folder, place, ledger } = await usedShop()
  await rm(place.markerFile)
  await writeFile(ledger, '')
  expect(await refusalOf(folder)).toContain(join(folder, 'nats'))
})

it.each(['lost', 'damaged'])('heals a %s claim on databases that are still the ones', async (how) => {
  const { folder, place } = await usedShop()
  if (how === 'lost') await rm(place.claimFile)
  else await writeFile(place.claimFile, 'PostgreSQL 18.4 half of')
  await requireWholeState(folder)
  expect(await readFile(place.claimFile, 'utf8')).toBe('first')
})

it('takes no databases for its own that only happen to lie there', async () => {
  const { folder, place } = await usedShop()
  await writeFile(place.markerFile, 'another')
  expect(await refusalOf(folder)).toContain('The databases are gone')
})

it('refuses databases whose ledger is gone', async () => {
  const { folder, ledger } = await usedShop()
  await rm(dirname(ledger), { recursive: true })
  expect(await refusalOf(folder)).toContain(`${ledger} cannot be read or is gone`)
})

it('names the line of a ledger that is damaged in the middle, and leaves a torn end to the card provider', async () => {
  const { folder, ledger } = await usedShop()
  await writeFile(ledger, `${charge}{"kind":"cha`)
  await requireWholeState(folder)
  await writeFile(ledger, `${charge}nonsense\n${charge}`)
  expect(await refusalOf(folder)).toContain(`${ledger} is damaged: line 2`)
})

it('refuses a ledger or messages that belong to other databases', async () => {
  for (const home of ['card-provider', 'nats']) {
    const { folder, place } = await usedShop()
    await writeFile(join(folder, home, 'belongs-to'), 'another')
    expect(await refusalOf(folder)).toContain(`What is in ${join(folder, home)} belongs to other databases than those in ${place.data}`)
  }
})

it('goes on without messages: services publish them again', async () => {
  const { folder } = await usedShop()
  await rm(join(folder, 'nats'), { recursive: true })
  await expect(requireWholeState(folder)).resolves.toBeUndefined()
})

it('begins again after a first start that was interrupted at any point', async () => {
  const { folder, place, ledger } = await usedShop()
  // Nothing was charged or said yet, and the databases are half made.
  await writeFile(ledger, '')
  await rm(join(folder, 'nats', 'jetstream'), { recursive: true })
  await rm(place.markerFile)
  await requireWholeState(folder)
  await makeDatabases(place, 'second')
  // Interrupted once more, before it was noted what belongs to them.
  await requireWholeState(folder)
  expect((await stat(ledger)).size).toBe(0)
})
