import { defOf, discriminatorOf, layersOf, unwrap, z } from '@ashlar/contract'
import type { ProtoField, ProtoType } from '@ashlar/grpc'
import { pascalCase } from '../json-schema/shape-names.ts'
import { isFieldName, jsonNameOf, snakeCase } from './proto-names.ts'
import type { DraftField, DraftMessage } from './proto-file.ts'
import { scalarOf, wordsOf } from './scalar-type.ts'

type Schema = z.core.$ZodType

/** Two shapes of a contract would become one message. */
export class MessageNameTakenError extends Error {
  override readonly name = 'MessageNameTakenError'
}

/** The messages of a contract, gathered while its shapes are read. Named shapes are one message wherever they stand; others are named by where they stand. */
export class DraftMessages {
  readonly #byName = new Map<string, { schema: Schema; draft: DraftMessage }>()
  /** Messages whose fields are being read, for shapes that hold themselves. */
  readonly #around = new Map<Schema, string>()

  /** The messages in alphabetical order. */
  all(): readonly DraftMessage[] {
    return [...this.#byName.values()].map(({ draft }) => draft).toSorted((a, b) => (a.name < b.name ? -1 : 1))
  }

  /** Makes the message of an operation's input or output, or of an error's data: with the shape's own fields, or else one named `value`. */
  addRoot(name: string, root: z.ZodType): void {
    const schema = unwrap(root)
    const isItself = mayBeAbsent(root) ? undefined : this.#asMessage(name, schema)
    if (isItself !== undefined) return
    const value = this.#field({ key: 'value', name: 'value', parent: name }, root)
    this.#keep(schema, { name, form: { kind: 'value' }, fields: [value] })
  }

  /** Makes an object or a union the message of this name; `undefined` when it can be none. */
  #asMessage(name: string, schema: Schema): string | undefined {
    if (this.#byName.get(name)?.schema === schema) return name
    const outer = this.#around.get(schema)
    this.#around.set(schema, name)
    const draft = this.#objectDraft(name, schema) ?? this.#unionDraft(name, schema)
    if (outer === undefined) this.#around.delete(schema)
    else this.#around.set(schema, outer)
    return draft === undefined ? undefined : this.#keep(schema, draft)
  }

  #objectDraft(name: string, schema: Schema): DraftMessage | undefined {
    const def = defOf(schema)
    if (def.type !== 'object' || !isClosed(def)) return undefined
    return { name, form: { kind: 'object' }, fields: this.#fieldsOf(name, Object.entries(def.shape)) }
  }

  #unionDraft(name: string, schema: Schema): DraftMessage | undefined {
    const union = optionsOf(schema)
    if (union === undefined) return undefined
    const { discriminator } = union
    const fields = union.options.map(({ word, shape }): DraftField => {
      const own = `${name}${pascalCase(word)}`
      // which option it is says what the discriminator would say
      const inside = this.#fieldsOf(
        own,
        Object.entries(shape).filter(([key]) => key !== discriminator),
      )
      this.#keep(schema, { name: own, form: { kind: 'object' }, fields: inside })
      const field = snakeCase(word)
      const type: ProtoType = { kind: 'message', name: own }
      // an option is named by a word, which need not be how JSON names fields
      return { key: word, name: field, jsonName: jsonNameOf(field), type, label: 'required', isDeprecated: false }
    })
    return { name, form: { kind: 'union', discriminator }, fields }
  }

  #fieldsOf(parent: string, entries: readonly (readonly [key: string, field: Schema])[]): DraftField[] {
    return entries.map(([key, field]) => this.#field({ key, name: snakeCase(key), parent }, field))
  }

  #keep(schema: Schema, draft: DraftMessage): string {
    if (this.#byName.has(draft.name))
      throw new MessageNameTakenError(
        `two shapes would be the message ${draft.name}: give one of them another id, or the operation another name`,
      )
    this.#byName.set(draft.name, { schema, draft })
    return draft.name
  }

  #field({ key, name, parent }: { key: string; name: string; parent: string }, field: Schema): DraftField {
    const place = `${parent}${pascalCase(key)}`
    const isDeprecated = layersOf(field).some((layer) => z.globalRegistry.get(layer)?.deprecated === true)
    const whole = { key, name, jsonName: key, isDeprecated, ...absenceOf(field) }
    const many = this.#many(unwrap(field), place)
    if (many !== undefined) {
      const note = mayBeAbsent(field) ? { note: 'Absent and empty are the same.' } : {}
      return { ...whole, ...many, ...note }
    }
    const words = wordsOf(unwrap(field))
    const note = words === undefined ? {} : { note: `${words.length === 1 ? 'Always' : 'One of'}: ${words.join(', ')}.` }
    return { ...whole, type: this.#typeOf(unwrap(field), place), label: mayBeAbsent(field) ? 'optional' : 'required', ...note }
  }

  /** A list or a map whose values protobuf can hold in one; `undefined` otherwise. */
  #many(schema: Schema, place: string): Pick<DraftField, 'type' | 'label'> | undefined {
    const def = defOf(schema)
    const label = def.type === 'array' ? 'repeated' : def.type === 'record' ? 'map' : undefined
    const inner = def.type === 'array' ? def.element : def.type === 'record' ? def.valueType : undefined
    if (label === undefined || inner === undefined || mayBeAbsent(inner)) return undefined
    const type = this.#typeOf(unwrap(inner), place + (def.type === 'array' ? 'Item' : 'Value'))
    return type.kind === 'json' && type.name !== 'Struct' ? undefined : { type, label }
  }

  #typeOf(schema: Schema, place: string): ProtoType {
    const scalar = scalarOf(schema)
    if (scalar !== undefined) return { kind: 'scalar', name: scalar }
    const around = this.#around.get(schema)
    const name = nameOf(schema) ?? around ?? place
    const message = around === name ? name : this.#asMessage(name, schema)
    return message === undefined ? { kind: 'json', name: jsonTypeOf(schema) } : { kind: 'message', name: message }
  }
}

function nameOf(schema: Schema): string | undefined {
  const id = z.globalRegistry.get(schema)?.id
  return id === undefined ? undefined : pascalCase(id)
}

/** Whether a value may be left out or null on its way in or out: a default makes it so on its way in. */
function mayBeAbsent(schema: Schema): boolean {
  if (schema._zod.optin !== undefined || schema._zod.optout !== undefined) return true
  return layersOf(schema).some((layer) => defOf(layer).type === 'nullable')
}

/** What a value that protobuf did not bring was, where it may be missing. */
function absenceOf(schema: Schema): Pick<ProtoField, 'absence'> {
  if (!mayBeAbsent(schema)) return {}
  const mayBeLeftOut = schema._zod.optin !== undefined || schema._zod.optout !== undefined
  return { absence: mayBeLeftOut ? 'left out' : 'null' }
}

function isClosed({ catchall }: { catchall?: Schema | undefined }): boolean {
  return catchall === undefined || defOf(catchall).type === 'never'
}

interface Options {
  readonly discriminator: string
  readonly options: readonly Option[]
}

interface Option {
  readonly word: string
  readonly shape: z.core.$ZodShape
}

/** The options of a union, each by the word that tells it apart; `undefined` where a word could be no field, or an option is no object. */
function optionsOf(schema: Schema): Options | undefined {
  const def = defOf(schema)
  const discriminator = discriminatorOf(def)
  if (def.type !== 'union' || discriminator === undefined) return undefined
  const options: Option[] = []
  for (const option of def.options) {
    const inner = defOf(unwrap(option))
    if (inner.type !== 'object' || !isClosed(inner)) return undefined
    for (const word of option._zod.propValues?.[discriminator] ?? []) {
      if (typeof word !== 'string' || !isFieldName(snakeCase(word))) return undefined
      options.push({ word, shape: inner.shape })
    }
  }
  const areApart = new Set(options.map(({ word }) => snakeCase(word))).size === options.length
  return areApart ? { discriminator, options } : undefined
}

function jsonTypeOf(schema: Schema): 'ListValue' | 'Struct' | 'Value' {
  const { type } = defOf(schema)
  if (type === 'object' || type === 'record' || type === 'union') return 'Struct'
  return type === 'array' || type === 'tuple' ? 'ListValue' : 'Value'
}
