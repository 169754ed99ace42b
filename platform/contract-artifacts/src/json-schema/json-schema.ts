import { z } from '@ashlar/contract'

/** A JSON Schema (2020-12) as a plain object. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

/** Which way a value travels: what is accepted (`input`, before defaults) or what is given (`output`). */
export type Direction = 'input' | 'output'

/** A schema as written down: itself, and the shapes with a name that it refers to by `#/$defs/<name>`. */
export interface WrittenSchema {
  readonly own: JsonSchema
  readonly defs: Readonly<Record<string, JsonSchema>>
}

/** Writes a contract's schema as JSON Schema. Objects that are not strict stay open, so that a field added to an answer breaks no reader. */
export function writeSchema(schema: z.ZodType, direction: Direction): WrittenSchema {
  const {
    $schema: _dialect,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: direction,
    override: leaveOpen,
  }) as JsonSchema & { $defs?: Record<string, JsonSchema> }
  return { own, defs: $defs }
}

function leaveOpen({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Record<string, unknown> }): void {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema['additionalProperties']
  delete jsonSchema['id']
}
