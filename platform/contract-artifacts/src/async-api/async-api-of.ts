import { hasKey, isServiceOnly, type AnyBoundOperation, type AnyContract, type BoundEvent } from '@ashlar/contract'
import { contractShapes, onlyUsed, type ContractShapes } from '../json-schema/contract-shapes.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { commandPart, eventPart, type Part } from './channels.ts'
import { headersSchema } from './envelope-schema.ts'

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
  const messages = inOrder(parts.flatMap((part) => Object.entries(part.messages)))
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
    channels: inOrder(parts.flatMap((part) => Object.entries(part.channels))),
    operations: inOrder(parts.flatMap((part) => Object.entries(part.operations))),
    components: {
      messages,
      messageTraits: { cloudEvent: { contentType: 'application/cloudevents+json', headers: headersSchema } },
      schemas: schemasIn(messages, found),
    },
  }
}

function partsOf({ operations, events }: AnyContract, found: ContractShapes): Part[] {
  const ofEvents = Object.entries(events).map(([name, event]) => eventPart(event as BoundEvent, found.events[name] ?? name))
  const ofCommands = (Object.values(operations) as AnyBoundOperation[]).filter(canBeSent).flatMap((operation) => {
    const shapes = found.operations[operation.name]
    return shapes === undefined ? [] : [commandPart(operation, shapes)]
  })
  return [...ofEvents, ...ofCommands]
}

// commands are signed by services, so one that only customers may call has nobody who could send it
function canBeSent({ policy }: AnyBoundOperation): boolean {
  return hasKey(policy) && (policy.access === 'open' || isServiceOnly(policy))
}

function schemasIn(messages: object, { shapes }: ContractShapes): Record<string, JsonSchema> {
  const used = [...JSON.stringify(messages).matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, name = '']) => name)
  const text = JSON.stringify(onlyUsed(shapes, used)).replaceAll('"#/$defs/', '"#/components/schemas/')
  return JSON.parse(text) as Record<string, JsonSchema>
}

function inOrder(entries: readonly (readonly [name: string, value: object])[]): Record<string, object> {
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))
}
