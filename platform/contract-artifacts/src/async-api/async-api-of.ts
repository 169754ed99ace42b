import { announcedVersions, hasKey, isServiceOnly, type AnyBoundOperation, type AnyContract, type BoundEvent } from '@ashlar/contract'
import { contractShapes, eventShapeIn, onlyUsed, type ContractShapes } from '../json-schema/contract-shapes.ts'
import { eventName, isNewest } from '../json-schema/event-name.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { NamedShapes } from '../json-schema/shape-names.ts'
import { commandPart } from './command-part.ts'
import { headersSchema } from './envelope-schema.ts'
import { eventPart } from './event-part.ts'
import { schemaRef, type Part } from './part.ts'

/** An AsyncAPI 3.0 document. */
export interface AsyncApiDocument {
  readonly asyncapi: '3.0.0'
  readonly [section: string]: unknown
}

/**
 * Writes what a contract's service sends and takes through the broker: its events, and its operations that can be sent
 * durably, with their replies. `undefined` where there is neither. The same contract always gives the same document.
 * Throws `ShapeNameError` for shapes without a good name.
 */
export function asyncApiOf(contract: AnyContract): AsyncApiDocument | undefined {
  const found = contractShapes(contract)
  const parts = partsOf(contract, found)
  if (parts.length === 0) return undefined
  const all = (section: keyof Part): Record<string, object> => inOrder(parts.flatMap((part) => Object.entries<object>(part[section])))
  return {
    asyncapi: '3.0.0',
    id: `urn:ashlar:${contract.id}`,
    info: {
      title: contract.name,
      version: String(contract.version),
      description: `What ${contract.name} announces, and what it can be told to do, through NATS JetStream. At least once: a message may come twice.`,
    },
    defaultContentType: 'application/cloudevents+json',
    servers: { nats: { host: '{host}', protocol: 'nats', variables: { host: { default: '127.0.0.1:4222' } } } },
    channels: all('channels'),
    operations: all('operations'),
    components: {
      messages: all('messages'),
      messageTraits: { cloudEvent: { contentType: 'application/cloudevents+json', headers: schemaRef('MessageHeaders') } },
      schemas: schemasOf(contract, { parts, found }),
    },
  }
}

function partsOf(contract: AnyContract, found: ContractShapes): Part[] {
  const announced = Object.values<BoundEvent>(contract.events).flatMap(announcedVersions)
  const ofEvents = announced.map((event) => {
    const data = eventShapeIn(found, event.type)
    return eventPart(event, { message: eventName(event, contract), data, isEarlier: !isNewest(event, contract) })
  })
  const ofCommands = (Object.values(contract.operations) as AnyBoundOperation[]).filter(canBeSent).flatMap((operation) => {
    const shapes = found.operations[operation.name]
    return shapes === undefined ? [] : [commandPart(operation, shapes)]
  })
  return [...ofEvents, ...ofCommands]
}

// commands are signed by services, so one that only customers may call has nobody who could send it
function canBeSent({ policy }: AnyBoundOperation): boolean {
  return hasKey(policy) && (policy.access === 'open' || isServiceOnly(policy))
}

/** The envelopes and answers, and the shapes of the contract that they hold. */
function schemasOf({ name }: AnyContract, { parts, found }: { parts: readonly Part[]; found: ContractShapes }): Record<string, JsonSchema> {
  const envelopes = parts.flatMap(({ schemas }) => Object.entries(schemas))
  const used = [...JSON.stringify(envelopes).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, each = '']) => each)
  const ofContract = JSON.stringify(
    onlyUsed(
      found.shapes,
      used.filter((each) => each in found.shapes),
    ),
  )
  const shapes = JSON.parse(ofContract.replaceAll('"#/$defs/', '"#/components/schemas/')) as Record<string, JsonSchema>

  const named = new NamedShapes<JsonSchema>(name)
  for (const [each, shape] of Object.entries(shapes)) named.add(each, { shape, where: 'a shape' })
  for (const [each, shape] of [...envelopes, ['MessageHeaders', headersSchema] as const]) named.add(each, { shape, where: 'a message' })
  return named.toRecord()
}

function inOrder(entries: readonly (readonly [name: string, value: object])[]): Record<string, object> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
