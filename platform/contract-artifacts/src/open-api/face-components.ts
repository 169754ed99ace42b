import type { ContractShapes } from '../json-schema/contract-shapes.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import { NamedShapes } from '../json-schema/shape-names.ts'
import { shapeComponent } from './shape-components.ts'

/** The components of one face of a contract: its shapes, and what the face itself adds, each under a name of its own. */
export class FaceComponents {
  readonly #named: NamedShapes<JsonSchema>

  constructor(contract: string, { shapes }: Pick<ContractShapes, 'shapes'>) {
    this.#named = new NamedShapes(contract)
    for (const [name, shape] of Object.entries(shapes)) this.add(name, shapeComponent(shape, shapes))
  }

  /** Keeps a component and gives the reference to it. Throws `ShapeNameError` where the contract has a shape of that name. */
  add(name: string, schema: JsonSchema): { readonly $ref: string } {
    this.#named.add(name, { shape: schema, where: 'a component of its OpenAPI document' })
    return { $ref: `#/components/schemas/${name}` }
  }

  /** What `used` refers to, directly or by way of others, in alphabetical order. */
  usedBy(used: unknown): Record<string, JsonSchema> {
    const all = this.#named.toRecord()
    const reached = new Set<string>()
    const left = refsIn(used)
    for (let name = left.pop(); name !== undefined; name = left.pop()) {
      if (reached.has(name)) continue
      reached.add(name)
      left.push(...refsIn(all[name]))
    }
    return Object.fromEntries(Object.entries(all).filter(([name]) => reached.has(name)))
  }
}

function refsIn(value: unknown): string[] {
  return [...(JSON.stringify(value) ?? '').matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name = '']) => name)
}
