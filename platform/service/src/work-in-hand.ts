/** What a service is busy with, so that stopping can wait for it and, in the end, tell it to give up. */
export class WorkInHand {
  readonly #running = new Set<Promise<void>>()
  readonly #givingUp = new AbortController()

  /** Aborted when what is still under way should give up. */
  get signal(): AbortSignal {
    return this.#givingUp.signal
  }

  /** Counts work as in hand until it settles; gives what it gives. */
  track<Result>(work: Promise<Result>): Promise<Result> {
    const settled = (): void => void this.#running.delete(running)
    const running: Promise<void> = work.then(settled, settled)
    this.#running.add(running)
    return work
  }

  /** Resolves once nothing is in hand. */
  async finished(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running)
  }

  /** Tells effects and waits under way to end now. */
  giveUp(): void {
    this.#givingUp.abort(new DOMException('the process stops', 'AbortError'))
  }
}
