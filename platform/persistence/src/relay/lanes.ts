/** One lane for each ordering key: first in, first out, and only the head of a lane is ever on its way. */
export class Lanes<Row extends { readonly orderingKey: string }> {
  readonly #lanes = new Map<string, Row[]>()
  readonly #onTheWay = new Set<string>()
  /** Keys whose head may go, in the order they became free. */
  readonly #free = new Set<string>()
  #size = 0

  get onTheWay(): number {
    return this.#onTheWay.size
  }

  /** How many rows are held, those on their way included. */
  get size(): number {
    return this.#size
  }

  keys(): string[] {
    return [...this.#lanes.keys()]
  }

  /** Puts rows at the ends of their lanes, in the order given. */
  add(rows: readonly Row[]): void {
    for (const row of rows) {
      const lane = this.#lanes.get(row.orderingKey)
      if (lane === undefined) {
        this.#lanes.set(row.orderingKey, [row])
        this.#free.add(row.orderingKey)
      } else lane.push(row)
      this.#size += 1
    }
  }

  /** Sends the head of the lane that has waited longest on its way. */
  next(): Row | undefined {
    const [key] = this.#free
    if (key === undefined) return undefined
    this.#free.delete(key)
    this.#onTheWay.add(key)
    return this.#lanes.get(key)?.[0]
  }

  /** The head arrived: the next of its lane may go. */
  arrived({ orderingKey }: Row): void {
    this.#lanes.get(orderingKey)?.shift()
    this.#size -= 1
    this.#release(orderingKey)
  }

  /** The head did not leave: it is tried again in its turn. */
  returned({ orderingKey }: Row): void {
    this.#release(orderingKey)
  }

  /** The head failed: what is behind it must not overtake, so the whole lane is forgotten here and read again later. */
  dropped({ orderingKey }: Row): void {
    this.#size -= this.#lanes.get(orderingKey)?.length ?? 0
    this.#lanes.set(orderingKey, [])
    this.#release(orderingKey)
  }

  /** Forgets every row that is not on its way. */
  forgetWaiting(): void {
    for (const [key, lane] of this.#lanes) {
      if (!this.#onTheWay.has(key)) this.#lanes.delete(key)
      else lane.length = 1
    }
    this.#free.clear()
    this.#size = this.#onTheWay.size
  }

  #release(key: string): void {
    this.#onTheWay.delete(key)
    if (this.#lanes.get(key)?.length === 0) this.#lanes.delete(key)
    else this.#free.add(key)
  }
}
