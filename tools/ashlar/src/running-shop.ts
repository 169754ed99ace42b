import { fileURLToPath } from 'node:url'
import { natsOperator } from '@ashlar/messaging'
import { openDatabase, type Database } from '@ashlar/persistence'
import { brokerUrlOf, databaseUrlOf, NothingRunningError, readTopology } from '@deploy/local'
import { RefusedError } from './command.ts'

const folder = fileURLToPath(new URL('../../../.ashlar', import.meta.url))

/** Gives the broker's address, for a user who may do everything: `NATS_URL`, else the operator's of the shop running here. */
export function brokerUrl(): Promise<string> {
  const { NATS_URL } = process.env
  return NATS_URL === undefined ? running(operatorUrl) : Promise.resolve(NATS_URL)
}

/** Names the services of the shop running here; elsewhere those whose `<NAME>_DATABASE_URL` is set. */
export function serviceNames(): Promise<readonly string[]> {
  const named = Object.keys(process.env).flatMap((name) =>
    name.endsWith('_DATABASE_URL') ? [name.slice(0, -'_DATABASE_URL'.length).toLowerCase()] : [],
  )
  return named.length > 0 ? Promise.resolve(named) : running(async () => (await readTopology(folder)).services)
}

/** Opens a service's database: `<NAME>_DATABASE_URL`, else that of the shop running here. */
export async function databaseOf(service: string): Promise<Database> {
  const url = process.env[`${service.toUpperCase()}_DATABASE_URL`] ?? (await running(() => databaseUrlOf(folder, service)))
  return openDatabase({ url, name: service, poolSize: 1 })
}

async function operatorUrl(): Promise<string> {
  const { natsUrl } = await readTopology(folder)
  return (await brokerUrlOf(natsOperator, { folder, url: natsUrl })) ?? natsUrl
}

async function running<Value>(ask: () => Promise<Value>): Promise<Value> {
  try {
    return await ask()
  } catch (cause) {
    if (cause instanceof NothingRunningError) throw new RefusedError(cause.message, { cause })
    throw cause
  }
}
