/** A shape has no name, no fit one, or one that another shape has: other languages could not tell their types apart. */
export class ShapeNameError extends Error {
  override readonly name = 'ShapeNameError'
}

/** Writes a name of a contract as a class name: `placeOrder` and `out_of_stock` become `PlaceOrder` and `OutOfStock`. */
export function pascalCase(name: string): string {
  return name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('')
}

/** Shapes by name, each name used once, in any letter case: names become files and classes. */
export class NamedShapes<Shape> {
  readonly #byName = new Map<string, Shape>()
  readonly #folded = new Map<string, string>()
  readonly #contract: string

  constructor(contract: string) {
    this.#contract = contract
  }

  /** Keeps a shape under a name. Throws `ShapeNameError` when the name is no class name or is taken; `where` says what is to be named otherwise. */
  add(name: string, { shape, where }: { shape: Shape; where: string }): void {
    const twin = this.#folded.get(name.toLowerCase())
    if (!/^[A-Z][A-Za-z0-9]*$/.test(name))
      throw new ShapeNameError(`${this.#contract}: ${where} would be called "${name}": give it a name like OrderLine by .meta({ id: … })`)
    if (twin !== undefined)
      throw new ShapeNameError(
        `${this.#contract}: ${where} would be called ${name}, and there is ${twin} already: give it another name by .meta({ id: … })`,
      )
    this.#folded.set(name.toLowerCase(), name)
    this.#byName.set(name, shape)
  }

  /** Everything by name, in alphabetical order. */
  toRecord(): Record<string, Shape> {
    return Object.fromEntries([...this.#byName].toSorted(([a], [b]) => (a < b ? -1 : 1)))
  }
}
