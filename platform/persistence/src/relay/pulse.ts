/** A wait that can be cut short; a wake that comes while nobody waits is kept for the next wait. */
export class Pulse {
  #woken = false
  #resume: (() => void) | undefined

  wake(): void {
    this.#woken = true
    this.#resume?.()
  }

  /** Resolves after `ms` or at the next wake, whichever is first. One waiter at a time. */
  async wait(ms: number): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#resume = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      this.#resume = undefined
    }
    this.#woken = false
  }
}
