import { z } from '@ashlar/contract'

/** The parts of a JSON Schema that decide how a value is matched. */
export interface Shape {
  readonly type?: string
  readonly format?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly properties?: Readonly<Record<string, Shape>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Shape | boolean
  readonly items?: Shape
  readonly anyOf?: readonly Shape[]
  readonly oneOf?: readonly Shape[]
  readonly $ref?: string
  readonly $defs?: Readonly<Record<string, Shape>>
}

/** A shape within the document that its references point into. */
export interface ShapeAt {
  readonly shape: Shape
  readonly document: Shape
}

/** Gives the shape of what a schema lets through, as it travels. */
export function shapeOf(schema: z.ZodType): ShapeAt {
  const document = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape
  return { shape: document, document }
}

/** Gives the shape that a value has: references followed, and of several variants the one it is. */
export function settledOn(at: ShapeAt, value: unknown): ShapeAt {
  const { shape, document } = at
  if (shape.$ref !== undefined) {
    const name = /^#\/\$defs\/(.+)$/.exec(shape.$ref)?.[1]
    const found = name === undefined ? document : document.$defs?.[name]
    return settledOn({ shape: found ?? {}, document }, value)
  }
  const variants = shape.anyOf ?? shape.oneOf
  if (variants === undefined) return at
  const settled = variants.map((variant) => settledOn({ shape: variant, document }, value))
  return settled.find((variant) => mayBe(variant, value)) ?? at
}

/** Gives the shape of a field. */
export function fieldAt({ shape, document }: ShapeAt, name: string): ShapeAt {
  const { properties = {}, additionalProperties } = shape
  const field = Object.hasOwn(properties, name) ? properties[name] : additionalProperties
  return { shape: typeof field === 'object' ? field : {}, document }
}

/** Gives the shape of an array's elements. */
export function itemsAt({ shape, document }: ShapeAt): ShapeAt {
  return { shape: shape.items ?? {}, document }
}

function mayBe({ shape, document }: ShapeAt, value: unknown): boolean {
  if ('const' in shape) return shape.const === value
  if (shape.enum !== undefined) return shape.enum.includes(value)
  if (shape.type !== undefined && shape.type !== typeOf(value) && !(shape.type === 'integer' && Number.isInteger(value))) return false
  if (typeof value !== 'object' || value === null) return true
  const named = Object.entries(shape.properties ?? {})
  return named.every(([name, field]) => {
    const inside: unknown = Reflect.get(value, name)
    return inside === undefined || !('const' in field) || mayBe({ shape: field, document }, inside)
  })
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
