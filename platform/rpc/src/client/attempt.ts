import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'

export interface RawReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const noBytes = Buffer.alloc(0)

/** One request on one connection, driven by undici's dispatcher. Ends once: by a reply, by an error, or by being given up. */
export class Attempt implements Dispatcher.DispatchHandler {
  readonly reply: Promise<RawReply>
  /** Whether bytes of the request may have reached the instance. While false, it certainly saw none. */
  wasSent = false
  #resolve!: (reply: RawReply) => void
  #reject!: (cause: unknown) => void
  #controller: Dispatcher.DispatchController | undefined
  #givenUp: Error | undefined
  #status = 0
  #headers: IncomingHttpHeaders = {}
  #chunks: Buffer[] = []

  constructor() {
    this.reply = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  /** Stops waiting. A request that still waits for a connection is then never sent. */
  giveUp(why: Error): void {
    this.#givenUp = why
    this.#reject(why)
    this.#controller?.abort(why)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#givenUp !== undefined) {
      controller.abort(this.#givenUp)
      return
    }
    this.#controller = controller
    this.wasSent = true
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#headers = headers
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [only = noBytes] = this.#chunks
    const body = this.#chunks.length > 1 ? Buffer.concat(this.#chunks) : only
    this.#resolve({ status: this.#status, headers: this.#headers, body })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}
