import { z } from '@ashlar/contract'

/** Which JSON types a field accepts, and for a list which its members do. */
export interface FieldForm {
  readonly types: ReadonlySet<string>
  readonly list?: FieldForm
}

interface Shape {
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly $ref?: string
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly allOf?: readonly Shape[]
  readonly items?: Shape
  readonly properties?: Readonly<Record<string, Shape>>
  readonly $defs?: Readonly<Record<string, Shape>>
}

/** Lists the fields an input may have, each with its form; for an input of several shapes, those of all of them. */
export function fieldsOf(input: z.ZodType): ReadonlyMap<string, FieldForm> {
  const root = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as Shape
  const fields = new Map<string, FieldForm>()
  for (const { properties = {} } of alternatives(root, root)) {
    for (const [name, shape] of Object.entries(properties)) fields.set(name, merged(fields.get(name), formOf(shape, root)))
  }
  return fields
}

function formOf(shape: Shape, root: Shape): FieldForm {
  const choices = alternatives(shape, root)
  const types = new Set(choices.flatMap(({ type, enum: values = [] }) => (type === undefined ? values.map((value) => typeof value) : type)))
  const lists = choices.flatMap(({ items }) => (items === undefined ? [] : [formOf(items, root)]))
  return lists.reduce<FieldForm>((form, list) => ({ ...form, list: merged(form.list, list) }), { types })
}

/** A shape and everything it may stand for, with names resolved. */
function alternatives(shape: Shape, root: Shape): readonly Shape[] {
  const name = shape.$ref?.replace('#/$defs/', '')
  const named = name === undefined ? undefined : root.$defs?.[name]
  const inner = [...(shape.anyOf ?? []), ...(shape.oneOf ?? []), ...(shape.allOf ?? []), ...(named === undefined ? [] : [named])]
  return [shape, ...inner.flatMap((choice) => alternatives(choice, root))]
}

function merged(one: FieldForm | undefined, other: FieldForm): FieldForm {
  if (one === undefined) return other
  const list = other.list === undefined ? one.list : merged(one.list, other.list)
  return { types: new Set([...one.types, ...other.types]), ...(list === undefined ? {} : { list }) }
}
