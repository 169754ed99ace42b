import type { z } from '@ashlar/contract'
import { writeSchema, type Direction, type JsonSchema } from '../json-schema/json-schema.ts'

/** Shapes that have a name, gathered while operations are written down, to become `components.schemas`. */
export class SharedSchemas {
  readonly #byName = new Map<string, JsonSchema>()

  /** Writes a contract's shape as JSON Schema. Named shapes are referred to and kept aside; objects that are not strict stay open, so that a field added to an answer breaks no reader. */
  write(schema: z.ZodType, direction: Direction): JsonSchema {
    const { own, defs } = writeSchema(schema, direction)
    const names = new Map(Object.keys(defs).map((name) => [name, this.#nameFor(name, { definition: defs[name] ?? {}, direction })]))
    for (const [name, definition] of Object.entries(defs)) this.#byName.set(names.get(name) ?? name, referTo(definition, names))
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

function referTo<Value>(value: Value, names: ReadonlyMap<string, string>): Value {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key === '$ref' && typeof inner === 'string'
      ? inner.replace(/^#\/\$defs\/(.+)$/, (_all, name: string) => `#/components/schemas/${names.get(name) ?? name}`)
      : inner,
  )
  return JSON.parse(text) as Value
}
