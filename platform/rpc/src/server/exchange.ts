import { httpStatusOf } from '@ashlar/contract'
import type { ServerResponse } from 'node:http'
import type { CallContext } from '@observability/telemetry'
import { errorJson, resultJson, type WireError } from '../wire/wire-error.ts'
import type { Outcome } from './answer-operation.ts'
import type { Call, Cancellation, Waiting } from './call.ts'
import { endResponse } from './end-response.ts'
import type { RpcListenerOptions } from './listener-options.ts'
import type { Asked, Target } from './routes.ts'
import { contextsOf, endRequest } from './shown-request.ts'
import { tellSettled } from './tell-settled.ts'
import { abortedError, deadlineError } from './wire-error-of.ts'

/** The answers of one request, collected until the last is there or the caller stops waiting, then written at once. */
export class Exchange implements Waiting {
  readonly target: Target
  readonly call: Call
  readonly #res: ServerResponse
  readonly #listening: Pick<RpcListenerOptions, 'onSettled' | 'implementations'>
  readonly #bodies: (string | undefined)[]
  /** Of the calls of a batch; one call alone has the request's. */
  readonly #contexts: readonly CallContext[] | undefined
  readonly #statuses: number[] = []
  #left: number

  constructor(
    res: ServerResponse,
    parts: { target: Target; call: Call; listening: Pick<RpcListenerOptions, 'onSettled' | 'implementations'> },
  ) {
    this.#res = res
    this.target = parts.target
    this.call = parts.call
    this.#listening = parts.listening
    this.#left = parts.target.asked.length
    this.#contexts = parts.target.isBatch ? contextsOf(parts.target, parts.call.context) : undefined
    this.#bodies = Array<string | undefined>(this.#left)
    parts.call.waiting = this
  }

  /** Answers what is open when nobody waits any more. */
  onCancelled(why: Cancellation): void {
    this.settleRest(why === 'aborted' ? abortedError : deadlineError)
  }

  /** Takes one answer; the last one sends the response. An answer that comes after the deadline is dropped. */
  settle(index: number, outcome: Outcome): void {
    if (this.#bodies[index] !== undefined) return
    const status = outcome.ok ? 200 : httpStatusOf(outcome.error.status)
    this.#bodies[index] = outcome.ok ? resultJson(outcome.value) : errorJson(outcome.error, this.#asked(index).name)
    this.#statuses.push(status)
    this.#left -= 1
    if (this.#left === 0) this.#send()
    this.#tell(index, outcome)
  }

  /** Answers everything that is still open with one error. */
  settleRest(error: WireError): void {
    for (let index = 0; index < this.#bodies.length; index += 1) this.settle(index, { ok: false, error })
  }

  /** The context one of the calls is answered in. */
  contextOf(index: number): CallContext {
    return this.#contexts?.[index] ?? this.call.context
  }

  #asked(index: number): Asked {
    return this.target.asked[index] ?? { name: '', route: undefined }
  }

  #tell(index: number, outcome: Outcome): void {
    const part = { call: this.call, context: this.contextOf(index), asked: this.#asked(index) }
    const { reason, thrown, code } = outcome.ok
      ? { code: 'OK' as const, reason: undefined, thrown: undefined }
      : { code: outcome.error.status, reason: outcome.error.reason, thrown: outcome.thrown }
    tellSettled(this.#listening, part, { code, reason, thrown })
  }

  #send(): void {
    const [status = 500] = this.#statuses
    if (this.target.isBatch) {
      const common = this.#statuses.every((other) => other === status) ? status : 207
      write(this.#res, common, `[${this.#bodies.join(',')}]`)
      endRequest(this.call.context, common)
      return
    }
    if (status === 405) this.#res.setHeader('allow', this.#asked(0).route?.operation.kind === 'mutation' ? 'POST' : 'GET, POST')
    write(this.#res, status, this.#bodies[0] ?? '')
  }
}

/** Writes head and body; in one go, where the request was read, since Node puts a string body into the same write as its head. A caller who left is written nothing. */
export function write(res: ServerResponse, status: number, json: string): void {
  if (res.destroyed || res.headersSent) return
  const headers = ['content-type', 'application/json', 'content-length', String(Buffer.byteLength(json))]
  endResponse(res, { status, headers }, json)
}
