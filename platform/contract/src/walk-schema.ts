import type { z } from 'zod'

type SchemaDef = z.core.$ZodTypes['_zod']['def']
export type SchemaKind = SchemaDef['type']

/** One schema inside another, with where it stands. */
export interface SchemaNode {
  readonly schema: z.core.$ZodType
  readonly def: SchemaDef
  /** As a reader would write it: `.lines[].sku`, `.payment(card).token`, `.prices{}`. Empty at the root. */
  readonly path: string
  /** The kind of what holds it, wrappers such as `nullable` passed over; `undefined` at the root. */
  readonly holder: SchemaKind | undefined
}

type Step = readonly [segment: string, schema: z.core.$ZodType]

/** Tells a Zod schema from anything else a caller may have passed. */
export function isSchema(value: unknown): value is z.ZodType {
  return typeof value === 'object' && value !== null && '_zod' in value
}

/** Gives what a schema says about itself, typed by its kind. This file is the only one that looks inside Zod. */
export function defOf(schema: z.core.$ZodType): SchemaDef {
  return (schema as z.core.$ZodTypes)._zod.def
}

/** Visits a schema and all inside it, outside first; a visit that answers `skip` is not followed by what is inside. Recursive schemas end. */
export function walkSchema(root: z.core.$ZodType, visit: (node: SchemaNode) => 'skip' | undefined): void {
  const around = new Set<z.core.$ZodType>()
  const recursive = new Set<z.core.$ZodType>()

  const walk = (schema: z.core.$ZodType, path: string, holder: SchemaKind | undefined): void => {
    if (around.has(schema)) recursive.add(schema)
    if (recursive.has(schema)) return
    const def = defOf(schema)
    if (visit({ schema, def, path, holder }) === 'skip') return

    around.add(schema)
    const inner = isWrapper(def) ? holder : def.type
    for (const [segment, child] of stepsOf(def)) walk(child, path + segment, inner)
    around.delete(schema)
  }
  walk(root, '', undefined)
}

function isWrapper({ type }: SchemaDef): boolean {
  return ['optional', 'nonoptional', 'nullable', 'readonly', 'default', 'prefault', 'lazy'].includes(type)
}

function stepsOf(def: SchemaDef): readonly Step[] {
  switch (def.type) {
    case 'object':
      return [...fieldSteps(def.shape), ...restStep('.*', def.catchall)]
    case 'array':
      return [['[]', def.element]]
    case 'tuple':
      return [...def.items.map((item, index): Step => [`[${index}]`, item]), ...restStep('[]', def.rest)]
    case 'record':
      return [
        ['{key}', def.keyType],
        ['{}', def.valueType],
      ]
    case 'union':
      return def.options.map((option, index): Step => [`(${optionName(def, option) ?? index})`, option])
    case 'lazy':
      return [['', def.getter()]]
    case 'optional':
    case 'nonoptional':
    case 'nullable':
    case 'readonly':
    case 'default':
    case 'prefault':
      return [['', def.innerType]]
    // Nothing inside, or nothing that could travel as JSON; each kind is named so that a new one of Zod's is noticed here.
    case 'any':
    case 'bigint':
    case 'boolean':
    case 'catch':
    case 'custom':
    case 'date':
    case 'enum':
    case 'file':
    case 'function':
    case 'intersection':
    case 'literal':
    case 'map':
    case 'nan':
    case 'never':
    case 'null':
    case 'number':
    case 'pipe':
    case 'promise':
    case 'set':
    case 'string':
    case 'success':
    case 'symbol':
    case 'template_literal':
    case 'transform':
    case 'undefined':
    case 'unknown':
    case 'void':
      return []
  }
}

function fieldSteps(shape: z.core.$ZodShape): Step[] {
  return Object.entries(shape).map(([name, field]) => [`.${name}`, field])
}

// `strictObject` and `looseObject` say what becomes of other fields by `never` and `unknown`; neither is a shape of its own.
function restStep(segment: string, rest: z.core.$ZodType | null | undefined): Step[] {
  return !rest || ['never', 'unknown'].includes(defOf(rest).type) ? [] : [[segment, rest]]
}

function optionName(union: SchemaDef, option: z.core.$ZodType): string | undefined {
  const discriminator = discriminatorOf(union)
  const [value] = (discriminator === undefined ? undefined : option._zod.propValues?.[discriminator]) ?? []
  return value === undefined ? undefined : String(value)
}

/** Gives the field that tells the options of a union apart, if it has one. */
export function discriminatorOf(def: SchemaDef): string | undefined {
  return 'discriminator' in def && typeof def.discriminator === 'string' ? def.discriminator : undefined
}

/** Gives a schema with its wrappers, outermost first: of `z.string().optional()` itself, then `z.string()`. */
export function layersOf(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const def = defOf(schema)
  const [step] = isWrapper(def) ? stepsOf(def) : []
  return step === undefined ? [schema] : [schema, ...layersOf(step[1])]
}

/** Takes the wrappers off a schema: `z.string().optional()` becomes `z.string()`. */
export function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return layersOf(schema).at(-1) ?? schema
}

/** Gives the shapes an object may take: one, several for a union of objects, none when it is not always an object. */
export function shapesOf(schema: z.core.$ZodType): readonly z.core.$ZodShape[] {
  const def = defOf(unwrap(schema))
  if (def.type === 'object') return [def.shape]
  if (def.type !== 'union') return []
  const shapes = def.options.map(shapesOf)
  return shapes.every((some) => some.length > 0) ? shapes.flat() : []
}

/** Tells whether a field must be there and is always text: a string, an enum or literals of strings. */
export function isRequiredText(schema: z.core.$ZodType | undefined): boolean {
  if (schema === undefined || schema._zod.optin === 'optional') return false
  const def = defOf(schema)
  if (def.type === 'string' || def.type === 'template_literal') return true
  if (def.type === 'enum') return Object.values(def.entries).every((value) => typeof value === 'string')
  if (def.type === 'literal') return def.values.every((value) => typeof value === 'string')
  return (def.type === 'readonly' || def.type === 'lazy' || def.type === 'nonoptional') && isRequiredText(unwrap(schema))
}

/** Gives every regular expression a schema's strings must match: its format's own and those of its checks. */
export function patternsOf(schema: z.core.$ZodType): readonly RegExp[] {
  const def = defOf(schema)
  if (def.type === 'template_literal') return schema._zod.pattern === undefined ? [] : [schema._zod.pattern]
  const rules: readonly object[] = [def, ...(def.checks ?? []).map((check) => check._zod.def)]
  return rules.flatMap((rule) => ('pattern' in rule && rule.pattern instanceof RegExp ? [rule.pattern] : []))
}
