import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { AnyAnswer, AnyBoundOperation, AnyContract, BoundEvent, z } from '@ashlar/contract'
import { openRegistry } from '@ashlar/discovery'
import { readEnvelope } from '@ashlar/messaging'
import { createClient, createTransport, type Transport } from '@ashlar/rpc'
import { createIdentity, readPublicKeys, readSigningKey, type Principal } from '@ashlar/security'
import { createLogger } from '@observability/telemetry'
import type { Call, Complaint, Errand, Heard, Read, Report } from './conversation.ts'

// A client and reader of the commit it lies in: run by another commit, it speaks with that one's services as its own would.
const errand = JSON.parse(await text(process.stdin)) as Errand
const contracts = await contractsHere()
const logger = createLogger({ service: 'neighbour', level: 'silent' })
const registry = openRegistry(errand.registryUrl, { logger })
const transport = createTransport({ registry, logger })
const calls: Heard[] = []
// one after the other, so that each run is as the one before
for (const call of errand.calls) calls.push(await make(call, transport))
const report: Report = { calls, messages: errand.messages.map(read) }
await transport.close()
await registry.close()
process.stdout.write(JSON.stringify(report))

async function contractsHere(): Promise<AnyContract[]> {
  const folder = fileURLToPath(new URL('../../contracts/', import.meta.url))
  const loaded = (await readdir(folder)).map((name) => import(pathToFileURL(join(folder, name, 'index.ts')).href) as Promise<object>)
  return (await Promise.all(loaded)).flatMap((exported) => Object.values(exported).filter(isContract))
}

function isContract(value: unknown): value is AnyContract {
  return typeof value === 'object' && value !== null && 'operations' in value && 'events' in value && 'id' in value
}

async function make(call: Call, over: Transport): Promise<Heard> {
  const contract = contracts.find(({ id }) => id === call.contract)
  const operation = contract?.operations[call.operation]
  if (contract === undefined || operation === undefined) return { kind: 'unknown operation' }
  const client = createClient(contract, { transport: over, authorize: (audience) => tokenFor(audience, call) })
  const ask = (client as Readonly<Record<string, (input: unknown, options: object) => Promise<AnyAnswer>>>)[call.operation]
  try {
    const answer = await ask?.(call.input, { idempotencyKey: randomUUID(), deadlineMs: 10_000 })
    return answer === undefined ? { kind: 'unknown operation' } : heard(operation, answer)
  } catch (error) {
    return { kind: 'failed', said: error instanceof Error ? `${error.name}: ${error.message} ${JSON.stringify(error)}` : String(error) }
  }
}

function heard(operation: AnyBoundOperation, answer: AnyAnswer): Heard {
  if (answer.ok) return { kind: 'answer', code: 'ok', complaints: complaintsOf(operation.output, answer.value) }
  const schema = operation.errors[answer.code]?.data
  return { kind: 'answer', code: answer.code, complaints: schema === undefined ? [] : complaintsOf(schema, answer.data) }
}

async function tokenFor(audience: string, { as }: Call): Promise<string> {
  const signer = as.kind === 'service' ? as.name : 'gateway'
  const publicKeys = await readPublicKeys(join(errand.keysFolder, 'public-keys.json'))
  const signingKey = await readSigningKey(join(errand.keysFolder, `${signer}.key.json`))
  const principal: Principal = as.kind === 'customer' ? { kind: 'customer', id: as.id, sessionId: randomUUID(), roles: [] } : as
  return createIdentity({ name: signer, signingKey, publicKeys }).tokenFor(audience, principal)
}

function read(message: string): Read {
  const { type, data } = readEnvelope(message)
  // a commit from before events had versions lists none
  const earlierOf = ({ earlier }: Partial<BoundEvent>): readonly BoundEvent[] => earlier ?? []
  const newest = contracts.flatMap(({ events }) => Object.values<BoundEvent>(events))
  const versions = newest.flatMap((event) => [event, ...earlierOf(event)])
  const version = versions.find((event) => event.type === type)
  return version === undefined ? { kind: 'unknown' } : { kind: 'read', complaints: complaintsOf(version.data, data) }
}

function complaintsOf(schema: z.ZodType, value: unknown): Complaint[] {
  const { error } = schema.safeParse(value)
  return (error?.issues ?? []).map(({ path, message }) => ({
    path: path.map((step) => (typeof step === 'number' ? step : String(step))),
    said: message,
    isMissing: path.reduce<unknown>((at, step) => Object(at)[step] as unknown, value) === undefined,
  }))
}
