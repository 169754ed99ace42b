import { eventVersions, type AnyContract } from '@ashlar/contract'
import type { Artefact } from '../artefact.ts'
import { jsonText } from '../json-text.ts'
import { contractShapes, eventShapeIn, onlyUsed } from './contract-shapes.ts'
import { eventName } from './event-name.ts'
import type { JsonSchema } from './json-schema.ts'
import { plainPatterns } from './plain-patterns.ts'
import { NamedShapes } from './shape-names.ts'

/** Emits one JSON Schema document for each shape of a contract, and one for the data of each event. */
export const writeJsonSchemas: Artefact = (contract) =>
  Object.entries(schemaDocuments(contract)).map(([name, document]) => ({ path: `schemas/${name}.json`, text: jsonText(document) }))

/** Gives the documents by name, each with all that it refers to inside. Throws `ShapeNameError` where an event is called like another shape. */
export function schemaDocuments(contract: AnyContract): Readonly<Record<string, JsonSchema>> {
  const found = contractShapes(contract)
  const { shapes } = found
  const documents = new NamedShapes<JsonSchema>(contract.name)
  const ofEvents = new Map(
    eventVersions(contract).map((event) => [eventName(event, contract), { shape: eventShapeIn(found, event.type), type: event.type }]),
  )
  for (const [name, { shape, type }] of ofEvents) {
    const description = `Data of the event ${type}.`
    documents.add(name, { shape: { $schema, title: name, description, ...whole(shape, shapes) }, where: 'an event' })
  }
  for (const name of Object.keys(shapes)) {
    if (ofEvents.get(name)?.shape === name) continue
    documents.add(name, { shape: { $schema, title: name, ...whole(name, shapes) }, where: 'a shape' })
  }
  return documents.toRecord()
}

const $schema = 'https://json-schema.org/draft/2020-12/schema'

function whole(name: string, shapes: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { [name]: own = {}, ...others } = onlyUsed(shapes, [name])
  const holdsItself = JSON.stringify([own, others]).includes(`"$ref":"#/$defs/${name}"`)
  const inside = Object.entries(holdsItself ? { ...others, [name]: own } : others)
  // quicktype calls classes by titles, and knows by them which are one
  const $defs = Object.fromEntries(inside.map(([title, shape]) => [title, { title, ...shape }]))
  return plainPatterns(inside.length > 0 ? { ...own, $defs } : own)
}
