import { Pool, type Dispatcher } from 'undici'
import { input, type output } from '../pricing.ts'
import type { SideSettings } from '../settings.ts'
import type { Caller } from './make-caller.ts'

/** Calls by undici's dispatcher, with as little around it as gives a value. */
export function makeDispatch(settings: SideSettings): Promise<Caller> {
  const send = sender(settings)
  const call = async () => (JSON.parse((await send(JSON.stringify(input))).toString()) as { result: { data: typeof output } }).result.data
  return Promise.resolve({ call })
}

/** Sends what was written before and leaves the answer as it came: less than any client can do. */
export function makeBytes(settings: SideSettings): Promise<Caller> {
  const send = sender(settings)
  const body = JSON.stringify(input)
  const call = async () => {
    await send(body)
    return 'unread' as const
  }
  return Promise.resolve({ call })
}

function sender({ port = 0 }: SideSettings): (body: string) => Promise<Buffer> {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 64, pipelining: 1, allowH2: false })
  const headers = { 'content-type': 'application/json' }
  return (body) =>
    new Promise((resolve, reject) => {
      pool.dispatch({ path: '/rpc/catalogue.v1/priceLines', method: 'POST', headers, body }, new Whole(resolve, reject))
    })
}

class Whole implements Dispatcher.DispatchHandler {
  readonly #resolve: (body: Buffer) => void
  readonly #reject: (error: Error) => void
  readonly #chunks: Buffer[] = []

  constructor(resolve: (body: Buffer) => void, reject: (error: Error) => void) {
    this.#resolve = resolve
    this.#reject = reject
  }

  onRequestStart(): void {}

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    if (status !== 200) this.#reject(new Error(`status ${status}`))
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk)
  }

  onResponseEnd(): void {
    const [only] = this.#chunks
    this.#resolve(this.#chunks.length === 1 && only !== undefined ? only : Buffer.concat(this.#chunks))
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error)
  }
}
