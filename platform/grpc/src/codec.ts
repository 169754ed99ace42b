import { fromJson, toJson, type FileRegistry, type JsonObject, type JsonValue, type Message } from '@bufbuild/protobuf'
import type { ProtoField, ProtoFile, ProtoMessage } from './proto-file.ts'

/** Carries values between a contract's JSON and the messages of its protobuf. */
export interface Codec {
  /** Gives a value the form of a message. What the message has no field for is left out. Throws what protobuf throws for a value it cannot hold. */
  toMessage(name: string, value: unknown): Message
  /** Gives what a message says as the contract says it, unchecked. */
  fromMessage(name: string, message: Message): unknown
}

/** Makes the codec of a contract's protobuf. */
export function codecOf(file: ProtoFile, registry: FileRegistry): Codec {
  const messages = new Map(file.messages.map((message) => [message.name, message]))
  const messageNamed = (name: string): ProtoMessage => {
    const message = messages.get(name)
    if (message === undefined) throw new TypeError(`${file.package} has no message ${name}`)
    return message
  }
  const descriptorNamed = (name: string) => {
    const descriptor = registry.getMessage(`${file.package}.${name}`)
    if (descriptor === undefined) throw new TypeError(`${file.package} has no message ${name}`)
    return descriptor
  }

  const outward = (name: string, value: unknown): JsonObject => {
    const { form, fields } = messageNamed(name)
    if (form.kind === 'value') return objectOutward(fields, { value })
    if (typeof value !== 'object' || value === null) throw new TypeError(`${name} is no object`)
    if (form.kind === 'object') return objectOutward(fields, value)
    const word: unknown = Reflect.get(value, form.discriminator)
    const option = fields.find(({ key }) => key === word)
    if (option === undefined) throw new TypeError(`${name} has no such ${form.discriminator}`)
    return { [option.jsonName]: oneOutward(option, value) }
  }
  const objectOutward = (fields: readonly ProtoField[], value: object): JsonObject => {
    const given: JsonObject = {}
    for (const field of fields) {
      const own: unknown = Object.hasOwn(value, field.key) ? Reflect.get(value, field.key) : undefined
      if (own === undefined || (own === null && !holdsNull(field))) continue
      given[field.jsonName] = eachOf(field, own, oneOutward)
    }
    return given
  }
  const oneOutward = ({ type }: ProtoField, value: unknown): JsonValue =>
    type.kind === 'message' ? outward(type.name, value) : (value as JsonValue)

  const inward = (name: string, json: JsonObject): unknown => {
    const { form, fields } = messageNamed(name)
    if (form.kind === 'object') return objectInward(fields, json)
    if (form.kind === 'value') return (objectInward(fields, json) as { value?: unknown }).value
    const option = fields.find(({ jsonName }) => Object.hasOwn(json, jsonName))
    if (option === undefined) return {}
    return { [form.discriminator]: option.key, ...(oneInward(option, json[option.jsonName]) as object) }
  }
  const objectInward = (fields: readonly ProtoField[], json: JsonObject): object => {
    const said: Record<string, unknown> = {}
    for (const field of fields) {
      const given = json[field.jsonName]
      if (given !== undefined && !isEmptyForAbsent(field, given)) said[field.key] = eachOf(field, given, oneInward)
      else if (field.absence === 'null') said[field.key] = null
    }
    return said
  }
  const oneInward = ({ type }: ProtoField, given: unknown): unknown => {
    if (type.kind === 'message') return inward(type.name, given as JsonObject)
    // protobuf writes whole numbers of 64 bits as text; what no number holds exactly, no contract accepts
    return type.kind === 'scalar' && type.name === 'int64' ? Number(given) : given
  }

  return {
    toMessage: (name, value) => fromJson(descriptorNamed(name), outward(name, value), { registry }),
    fromMessage: (name, message) =>
      inward(name, toJson(descriptorNamed(name), message, { alwaysEmitImplicit: true, registry }) as JsonObject),
  }
}

type Each<Made> = Made | Made[] | Record<string, Made>

function eachOf<Made>(field: ProtoField, value: unknown, make: (field: ProtoField, one: unknown) => Made): Each<Made> {
  if (field.label === 'repeated') return (value as unknown[]).map((one) => make(field, one))
  if (field.label !== 'map') return make(field, value)
  return Object.fromEntries(Object.entries(value as object).map(([key, one]) => [key, make(field, one)]))
}

/** Only any JSON at all has a null of its own. */
function holdsNull({ type, label }: ProtoField): boolean {
  return type.kind === 'json' && type.name === 'Value' && label !== 'repeated' && label !== 'map'
}

function isEmptyForAbsent({ label, absence }: ProtoField, given: JsonValue): boolean {
  if (absence === undefined || typeof given !== 'object' || given === null) return false
  return (label === 'repeated' || label === 'map') && Object.keys(given).length === 0
}
