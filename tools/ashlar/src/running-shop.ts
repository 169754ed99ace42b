import { fileURLToPath } from 'node:url'
import { natsOperator } from '@ashlar/messaging'
import { openDatabase, type Database } from '@ashlar/persistence'
import { brokerUrlOf, databaseUrlOf, NothingRunningError, readTopology } from '@deploy/local'
import { RefusedError } from './command.ts'

const folder = fileURLToPath(new URL('../../../.ashlar', import.meta.url))

/** Gives the broker's address, for a user who may do everything: `NATS_URL`, else the operator's of the shop running here. */
export async function brokerUrl(): Promise<string> {
  return fromEnvironment('NATS_URL') ?? running(operatorUrl)
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
  const url = fromEnvironment(`${service.toUpperCase()}_DATABASE_URL`) ?? (await running(() => databaseUrlOf(folder, service)))
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
    // said without the parser's words, which quote secrets
    if (cause instanceof SyntaxError) throw new RefusedError(`a file in ${folder} is damaged: npm run dev -- --fresh makes them anew`)
    throw cause
  }
}

function fromEnvironment(name: string): string | undefined {
  const address = process.env[name]
  // several servers are written with commas between them
  if (address !== undefined && !address.split(',').every((one) => URL.canParse(one.trim())))
    throw new RefusedError(`${name} is no address: it should look like ${name === 'NATS_URL' ? 'nats' : 'postgres'}://host:port`)
  return address
}
