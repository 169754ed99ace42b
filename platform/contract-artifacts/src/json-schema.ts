import { z } from '@ashlar/contract'

/** A JSON Schema (2020-12) as a plain object. */
export interface JsonSchema {
  readonly [keyword: string]: unknown
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
}

/** Which way a value travels: what is accepted (`input`, before defaults) or what is given (`output`). */
export type Direction = 'input' | 'output'

/** Shapes that have a name, gathered while operations are written down, to become `components.schemas`. */
export class SharedSchemas {
  readonly #byName = new Map<string, JsonSchema>()

  /** Writes a contract's shape as JSON Schema. Named shapes are referred to and kept aside; objects that are not strict stay open, so that a field added to an answer breaks no reader. */
  write(schema: z.ZodType, direction: Direction): JsonSchema {
    const written = z.toJSONSchema(schema, { target: 'draft-2020-12', io: direction, override: leaveOpen }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>
    }
    const { $schema: _dialect, $defs = {}, ...own } = written
    const names = new Map(Object.keys($defs).map((name) => [name, this.#nameFor(name, { definition: $defs[name] ?? {}, direction })]))
    for (const [name, definition] of Object.entries($defs)) this.#byName.set(names.get(name) ?? name, referTo(definition, names))
    return referTo(own, names)
  }

  /** The named shapes, by name in alphabetical order. */
  components(): Record<string, JsonSchema> {
    return Object.fromEntries([...this.#byName].sort(([a], [b]) => (a < b ? -1 : 1)))
  }

  /** A shape with defaults is written twice, since it accepts other than it gives. */
  #nameFor(name: string, { definition, direction }: { definition: JsonSchema; direction: Direction }): string {
    const known = this.#byName.get(name)
    if (known === undefined || JSON.stringify(known) === JSON.stringify(referTo(definition, new Map()))) return name
    return direction === 'input' ? `${name}Input` : `${name}Output`
  }
}

function leaveOpen({ zodSchema, jsonSchema }: { zodSchema: z.core.$ZodTypes; jsonSchema: Record<string, unknown> }): void {
  const { def } = zodSchema._zod
  if (def.type === 'object' && def.catchall === undefined) delete jsonSchema['additionalProperties']
  delete jsonSchema['id']
}

function referTo<Value>(value: Value, names: ReadonlyMap<string, string>): Value {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key === '$ref' && typeof inner === 'string'
      ? inner.replace(/^#\/\$defs\/(.+)$/, (_all, name: string) => `#/components/schemas/${names.get(name) ?? name}`)
      : inner,
  )
  return JSON.parse(text) as Value
}
