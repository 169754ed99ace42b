import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Answer, replySubject, type AnyBoundOperation, type BoundEvent } from '@ashlar/contract'
import { valuesOf } from '@ashlar/contract-artifacts'
import { validatorOf } from '@ashlar/contract-artifacts/testing'
import { commandEnvelope, eventEnvelope, headersOf, readEnvelope, replyEnvelope, signEnvelope, type Envelope } from '@ashlar/messaging'
import { createIdentity, generateSigningKey, readPublicKeys, readSigningKey, type Identity } from '@ashlar/security'
import { ownFolder } from '@deploy/local/testing'
import { describe, expect, it } from 'vitest'
import { allContracts } from '../all-contracts.ts'
import { repositoryRoot } from './write-or-check.ts'

interface AsyncApi {
  readonly operations: Readonly<Record<string, object>>
  readonly components: { readonly schemas: Readonly<Record<string, { readonly required?: readonly string[] }>> }
}

const contracts = await allContracts()
const events = contracts.flatMap((contract) => Object.values(contract.events) as BoundEvent[])
const documents = new Map<string, AsyncApi>()
for (const name of new Set(events.map(({ contract }) => contract))) {
  const path = join(repositoryRoot, 'contracts', name, 'generated', 'asyncapi.json')
  documents.set(name, JSON.parse(await readFile(path, 'utf8')) as AsyncApi)
}
const commands = contracts
  .flatMap(({ operations }) => Object.values(operations) as AnyBoundOperation[])
  .filter(({ contract, name }) => `receive${classOf(name)}Command` in (documents.get(contract)?.operations ?? {}))

describe('as a document says', () => {
  it.each(events)('$type travels', (event) => {
    const data = valuesOf(event.data, 'output', event.type).any()
    const envelope = eventEnvelope({ service: event.contract, event, data, aggregateVersion: 1, causationId: 'c1' })
    expectAsWritten(envelope, { contract: event.contract, name: `${classOf(event.name)}Envelope` })
  })

  it.each(commands)('$address is sent and answered', async (operation) => {
    const { contract, name, input, output, errors } = operation
    const identities = await twoIdentities('orders', contract)
    const values = { subject: 's1', stepKey: 'k1', replyTo: replySubject('orders'), causationId: 'c1' }
    const asked = commandEnvelope({ service: 'orders', operation, input: valuesOf(input, 'input', name).any(), ...values })
    const command = await signEnvelope(asked, { kind: 'command', audience: contract, identity: identities.orders })
    expectAsWritten(command, { contract, name: `${classOf(name)}CommandEnvelope` })

    const refusals = Object.entries(errors).map(([code, { data }]) =>
      Answer.failed(code, data === undefined ? undefined : valuesOf(data, 'output', code).any()),
    )
    for (const answer of [Answer.ok(valuesOf(output, 'output', name).any()), ...refusals]) {
      const given = replyEnvelope({ service: contract, command, answer })
      const reply = await signEnvelope(given, { kind: 'reply', audience: 'orders', identity: identities.theirs })
      expectAsWritten(reply, { contract, name: `${classOf(name)}ReplyEnvelope` })
    }
  })

  it('there are events and commands at all', () => {
    expect(events.map(({ type }) => type)).toContain('orders.order-placed.v1')
    expect(commands.map(({ address }) => address)).toContain('payments.v1/charge')
  })
})

/** Holds a message, as readers get it, against its schema; and finds that without any attribute the schema requires it is refused. */
function expectAsWritten(envelope: Envelope, { contract, name }: { contract: string; name: string }): void {
  const schemas = documents.get(contract)?.components.schemas ?? {}
  const isAsWritten = validate(schemas, name)
  const received = JSON.parse(JSON.stringify(readEnvelope(JSON.stringify(envelope)))) as Record<string, unknown>
  expect(isAsWritten(received)).toBe(true)
  expect(validate(schemas, 'MessageHeaders')({ 'Nats-Msg-Id': envelope.id, ...headersOf(envelope) })).toBe(true)
  for (const attribute of schemas[name]?.required ?? []) {
    const { [attribute]: _left, ...rest } = received
    expect(isAsWritten(rest), attribute).toBe(false)
  }
}

function validate(schemas: AsyncApi['components']['schemas'], name: string): (value: unknown) => boolean {
  const $defs = JSON.parse(JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/')) as object
  return validatorOf({ $defs, $ref: `#/$defs/${name}` })
}

async function twoIdentities(ours: string, theirs: string): Promise<{ orders: Identity; theirs: Identity }> {
  const folder = await ownFolder()
  const made = await Promise.all([generateSigningKey(ours), generateSigningKey(theirs)])
  const published = join(folder, 'public.json')
  await writeFile(published, JSON.stringify({ keys: made.map(({ publicJwk }) => publicJwk) }))
  const [first, second] = await Promise.all(
    made.map(async ({ privateJwk }, at) => {
      const file = join(folder, `${at}.json`)
      await writeFile(file, JSON.stringify(privateJwk))
      return createIdentity({ name: [ours, theirs][at] ?? '', signingKey: await readSigningKey(file), publicKeys: await readPublicKeys(published) })
    }),
  )
  return { orders: first!, theirs: second! }
}

function classOf(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1)
}
