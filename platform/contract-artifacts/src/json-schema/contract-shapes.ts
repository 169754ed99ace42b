import { eventVersions, type AnyContract, type z } from '@ashlar/contract'
import { writeSchema, type Direction, type JsonSchema } from './json-schema.ts'
import { annotations, nameInnerShapes } from './name-inner-shapes.ts'
import { isTakenAbroad } from './names-abroad.ts'
import { eventName } from './event-name.ts'
import { NamedShapes, pascalCase, ShapeNameError } from './shape-names.ts'
import { refsIn, TwoForms } from './two-forms.ts'

/** Every shape of a contract under a name that is fit for a class, and which shape stands where. */
export interface ContractShapes {
  /** Schemas by name, in alphabetical order; a `$ref` in them is `#/$defs/<name>`. */
  readonly shapes: Readonly<Record<string, JsonSchema>>
  /** Names of shapes by operation; an error without data has none. */
  readonly operations: Readonly<
    Record<string, { readonly input: string; readonly output: string; readonly errors: Readonly<Record<string, string | undefined>> }>
  >
  /** Names of the shapes of events' data, by the type of each version. */
  readonly events: Readonly<Record<string, string>>
}

/**
 * Writes down every shape of a contract, the same contract always in the same way. A shape that was named by `.meta({ id })`
 * keeps its name; others are named by where they stand: `PlaceOrderInput`, `PlaceOrderOutput`,
 * `PlaceOrderUnknownProductDetails`, `OrderPlaced`, `OrderHistoryStatus`. Throws `ShapeNameError` where no good name can be found.
 */
export function contractShapes(contract: AnyContract): ContractShapes {
  const places = placesIn(contract)
  const forms = new TwoForms()
  for (const { schema, name } of places) forms.gather(schema, `${contract.name}: ${name}`)

  const named = new NamedShapes<JsonSchema>(contract.name)
  const operations = Object.keys(contract.operations).map(pascalCase)
  const keepUnder = (name: string, kept: { shape: JsonSchema; where: string }): void => {
    if (isTakenAbroad(name, operations))
      throw new ShapeNameError(`${contract.name}: ${kept.where} is called ${name}, as a type abroad is: give it another name`)
    named.add(name, kept)
  }
  const add = (name: string, { shape, direction }: { shape: JsonSchema; direction: Direction }): void => {
    const keep = (innerName: string, inner: JsonSchema): void => keepUnder(innerName, { shape: inner, where: `what is inside ${name}` })
    const written = nameInnerShapes(shape, { name, keep, nameOf: (id) => forms.nameOf(id, direction) })
    keepUnder(name, { shape: written, where: 'a shape' })
  }
  for (const { name, direction, definition } of forms.forms()) add(name, { shape: definition, direction })

  const standsAt = new Map<string, string>()
  for (const { schema, name, direction } of places) {
    const { own } = writeSchema(schema, direction)
    const id = onlyRefOf(own)
    if (id === undefined) add(name, { shape: own, direction })
    standsAt.set(name, id === undefined ? name : forms.nameOf(id, direction))
  }
  return whatStandsWhere(contract, { standsAt, all: named.toRecord() })
}

interface Place {
  readonly name: string
  readonly schema: z.ZodType
  readonly direction: Direction
}

function placesIn(contract: AnyContract): Place[] {
  const ofOperations = Object.entries(contract.operations).flatMap(([name, { input, output, errors }]): Place[] => [
    { name: inputName(name), schema: input, direction: 'input' },
    { name: outputName(name), schema: output, direction: 'output' },
    ...Object.entries(errors).flatMap(([code, { data }]): Place[] =>
      data === undefined ? [] : [{ name: detailsName(name, code), schema: data, direction: 'output' }],
    ),
  ])
  const ofEvents = eventVersions(contract).map((event): Place => ({
    name: eventName(event, contract),
    schema: event.data,
    direction: 'output',
  }))
  return [...ofOperations, ...ofEvents]
}

const inputName = (operation: string): string => `${pascalCase(operation)}Input`
const outputName = (operation: string): string => `${pascalCase(operation)}Output`
const detailsName = (operation: string, code: string): string => `${pascalCase(operation)}${pascalCase(code)}Details`

function whatStandsWhere(
  contract: AnyContract,
  { standsAt, all }: { standsAt: ReadonlyMap<string, string>; all: Record<string, JsonSchema> },
): ContractShapes {
  const at = (name: string): string => standsAt.get(name) ?? name
  const found = Object.entries(contract.operations).map(([name, { errors }]) => {
    const details = Object.entries(errors).map(([code, { data }]) => [code, data === undefined ? undefined : at(detailsName(name, code))])
    return [
      name,
      { input: at(inputName(name)), output: at(outputName(name)), errors: Object.fromEntries(inOrder(details)) as Record<string, string> },
    ] as const
  })
  const used = [...standsAt.values()]
  return {
    shapes: onlyUsed(all, used),
    operations: Object.fromEntries(inOrder(found)),
    events: Object.fromEntries(inOrder(eventVersions(contract).map((event) => [event.type, at(eventName(event, contract))]))),
  }
}

/** Gives the name of the shape of an event's data, by the type of the version. Throws `TypeError` where the contract has no such event: a reference to nothing would be emitted. */
export function eventShapeIn({ events }: Pick<ContractShapes, 'events'>, type: string): string {
  const name = events[type]
  if (name === undefined) throw new TypeError(`no event of the contract has the type ${type}`)
  return name
}

/** Gives a shape together with all that it refers to. */
export function onlyUsed(all: Readonly<Record<string, JsonSchema>>, used: readonly string[]): Record<string, JsonSchema> {
  const reached = new Set<string>()
  const reach = (name: string): void => {
    if (reached.has(name)) return
    reached.add(name)
    refsIn(all[name] ?? {}).forEach(reach)
  }
  used.forEach(reach)
  return Object.fromEntries(Object.entries(all).filter(([name]) => reached.has(name)))
}

/** The id of the named shape that a schema is and nothing else, whatever else is said about it. */
function onlyRefOf({ $ref, ...rest }: JsonSchema): string | undefined {
  const saysMore = Object.keys(rest).some((keyword) => !annotations.includes(keyword))
  return typeof $ref === 'string' && !saysMore ? $ref.replace('#/$defs/', '') : undefined
}

function inOrder<Entry extends readonly unknown[]>(entries: readonly Entry[]): Entry[] {
  return entries.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1))
}
