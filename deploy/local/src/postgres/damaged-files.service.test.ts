import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { StateDamagedError } from '../server/errors.ts'
import { ask } from '../testing/ask.ts'
import { startFaultyPostgres } from '../testing/fault-servers.ts'
import { ownFolder } from '../testing/own-folder.ts'
import { userForPostgres } from './other-user.ts'
import { postgresFolderOf, type PostgresFolder } from './postgres-folder.ts'

let folder: string
let place: PostgresFolder
beforeEach(async () => {
  folder = await ownFolder()
  const server = await startFaultyPostgres({ folder })
  await ask(server.url, 'CREATE TABLE kept AS SELECT 7 AS answer')
  await server.stop()
  place = await postgresFolderOf(folder, await userForPostgres())
})

async function refusal(): Promise<Error> {
  const outcome: unknown = await startFaultyPostgres({ folder }).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(Error)
  return outcome as Error
}

it('says what PostgreSQL misses as soon as it answers so, and leaves nothing running', async () => {
  await rm(join(place.data, 'base'), { recursive: true })
  const error = await refusal()
  expect(error).toBeInstanceOf(StateDamagedError)
  expect(error.message).toMatch(/cannot open its databases: .*"base\/5" is missing/)
  expect(error.message).toContain('npm run dev -- --fresh')
  expect(await readFile(place.logFile, 'utf8')).toMatch(/database system is shut down\n$/)
})

it('shows the end of its log when it does not even start', async () => {
  await rm(join(place.data, 'global'), { recursive: true })
  const { message } = await refusal()
  expect(message).toContain('PostgreSQL ended while starting')
  expect(message).toContain('npm run dev -- --fresh')
  expect(message).toMatch(/global\/pg_control": No such file or directory\n/)
})

it('gives the superuser a new password when the file of the old one is lost or empty', async () => {
  await rm(place.passwordFile)
  const again = await startFaultyPostgres({ folder })
  expect(await ask(again.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }])
  await again.stop()

  await writeFile(place.passwordFile, '')
  const oncemore = await startFaultyPostgres({ folder })
  expect(await ask(oncemore.url, 'SELECT answer FROM kept')).toEqual([{ answer: 7 }])
  await oncemore.stop()
})

it('names the file of a password that is not the server’s, and not the password', async () => {
  await writeFile(place.passwordFile, 'mistaken')
  const error = await refusal()
  expect(error.message).toContain(`Remove that file and start again`)
  expect(error.message).toContain(place.passwordFile)
  expect(error.message).not.toContain('mistaken')
})
