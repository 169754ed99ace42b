import type { z } from '@ashlar/contract'
import { writeSchema, type Direction, type JsonSchema } from './json-schema.ts'
import { ShapeNameError } from './shape-names.ts'

/** The named shapes of a contract, each as it is accepted and as it is given, and what each form is called. */
export class TwoForms {
  readonly #defs = { input: new Map<string, JsonSchema>(), output: new Map<string, JsonSchema>() }
  #differing: ReadonlySet<string> | undefined

  /** Takes up the named shapes inside a schema. Throws `ShapeNameError` when one name stands for two shapes, or when a shape holds itself without a name. */
  gather(schema: z.ZodType, where: string): void {
    for (const direction of ['input', 'output'] as const) {
      const { own, defs } = writeSchema(schema, direction)
      if (JSON.stringify([own, defs]).match(/"\$ref":"#"|"\$ref":"#\/\$defs\/__/) !== null)
        throw new ShapeNameError(`${where} holds itself: give it a name by .meta({ id: … })`)
      for (const [name, definition] of Object.entries(defs)) {
        const known = this.#defs[direction].get(name)
        if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition))
          throw new ShapeNameError(`${where} holds another ${name} than the rest of the contract: give one of the two another name`)
        this.#defs[direction].set(name, definition)
      }
    }
  }

  /** Every form of every shape, by the name it goes by. */
  *forms(): Iterable<{ name: string; direction: Direction; definition: JsonSchema }> {
    for (const [id, definition] of this.#defs.output) yield { name: id, direction: 'output', definition }
    for (const [id, definition] of this.#defs.input)
      if (this.#differs(id)) yield { name: this.nameOf(id, 'input'), direction: 'input', definition }
  }

  /** What a shape is called: its own name, and `<Name>Input` for what is accepted where a default makes that another shape. Which of the two are used has no say in it, so that names stay. */
  nameOf(id: string, direction: Direction): string {
    return direction === 'input' && this.#differs(id) ? `${id}Input` : id
  }

  #differs(id: string): boolean {
    this.#differing ??= this.#findDiffering()
    return this.#differing.has(id)
  }

  #findDiffering(): ReadonlySet<string> {
    const { input, output } = this.#defs
    const differing = new Set([...output.keys()].filter((id) => JSON.stringify(input.get(id)) !== JSON.stringify(output.get(id))))
    for (let before = -1; before !== differing.size;) {
      before = differing.size
      for (const [id, definition] of output) if (refsIn(definition).some((ref) => differing.has(ref))) differing.add(id)
    }
    return differing
  }
}

/** Names of the shapes that a schema refers to. */
export function refsIn(schema: unknown): string[] {
  return [...JSON.stringify(schema).matchAll(/"\$ref":"#\/\$defs\/([^"]+)"/g)].map(([, name = '']) => name)
}
