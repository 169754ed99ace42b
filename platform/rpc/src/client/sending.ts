import type { Instance } from '@ashlar/discovery'
import { pickInstance } from '@ashlar/resilience'
import { contextHeaders, type Logger } from '@observability/telemetry'
import { CallFailedError, type CallOutcome } from '../wire/call-failed.ts'
import { Attempt } from './attempt.ts'
import type { Directory } from './directory.ts'
import type { Outgoing, Reply } from './outgoing.ts'
import { ShownCall } from './shown-call.ts'
import type { Upstream, Upstreams } from './upstreams.ts'

/** What requests go out through. */
export interface Surroundings {
  readonly upstreams: Upstreams
  readonly directory: Directory
  readonly logger: Logger
  readonly isClosed: () => boolean
}

/** One request on its way, over as many instances as it takes, ended by one clock. */
export class Sending {
  readonly #outgoing: Outgoing
  readonly #around: Surroundings
  readonly #endsAt: number
  readonly #refusedBy = new Set<string>()
  #attempt: Attempt | undefined
  #stopped: 'deadline_exceeded' | 'aborted' | undefined
  #onStopped: (() => void) | undefined
  /** Set as soon as any attempt may have reached an instance. */
  #mayHaveHappened = false
  #wasRepeated = false
  #attempts = 0
  readonly #shown: ShownCall

  constructor(outgoing: Outgoing, around: Surroundings) {
    this.#outgoing = outgoing
    this.#around = around
    this.#endsAt = performance.now() + outgoing.timeoutMs
    this.#shown = new ShownCall(outgoing)
  }

  async run(): Promise<Reply> {
    const { signal, timeoutMs, service } = this.#outgoing
    const onAbort = signal === undefined ? undefined : () => this.stop('aborted')
    let timer: NodeJS.Timeout | undefined
    try {
      if (this.#around.isClosed()) throw this.#failure('closed', undefined)
      if (signal?.aborted === true) throw this.#failure('aborted', signal.reason)
      if (timeoutMs <= 0) throw this.#failure('deadline_exceeded', undefined)
      timer = setTimeout(timeIsUp, timeoutMs, this)
      if (onAbort !== undefined) signal?.addEventListener('abort', onAbort, { once: true })
      const ready = this.#around.directory.ready(service)
      if (ready !== undefined) await this.#unlessStopped(ready)
      const reply = await this.#tryInstances()
      this.#shown.answered(reply, this.#attempts)
      return reply
    } catch (cause) {
      this.#shown.failed(cause, this.#attempts)
      throw cause
    } finally {
      clearTimeout(timer)
      if (onAbort !== undefined) signal?.removeEventListener('abort', onAbort)
    }
  }

  stop(why: 'deadline_exceeded' | 'aborted'): void {
    this.#stopped ??= why
    this.#onStopped?.()
    this.#attempt?.giveUp(new Error(why))
  }

  async #tryInstances(): Promise<Reply> {
    let lastRefusal: unknown
    for (;;) {
      const instance = this.#pick()
      if (instance === undefined) throw this.#failure(lastRefusal === undefined ? 'no_healthy_instance' : 'connection_refused', lastRefusal)
      const upstream = this.#around.upstreams.of(instance)
      const attempt = new Attempt()
      try {
        this.#ask(upstream, attempt)
        const { status, headers, body } = await attempt.reply
        this.#over(upstream, attempt)
        return { status, headers, body, instance }
      } catch (cause) {
        this.#over(upstream, attempt)
        if (!this.#mayTryAnother(upstream, cause)) throw this.#failure(this.#stopped ?? this.#reasonOf(cause), cause)
        lastRefusal = cause
      }
    }
  }

  #ask(upstream: Upstream, attempt: Attempt): void {
    const { path, method, headers, body } = this.#outgoing
    this.#attempt = attempt
    this.#attempts += 1
    this.#around.upstreams.started(upstream)
    const leftMs = Math.max(1, Math.floor(this.#endsAt - performance.now()))
    // names and values in turn: undici takes them as they are, where it would take an object apart again
    const flat: string[] = []
    for (const name in headers) flat.push(name, headers[name] ?? '')
    for (const name in this.#shown.headers) flat.push(name, this.#shown.headers[name] ?? '')
    flat.push(contextHeaders.deadline, String(leftMs))
    upstream.pool.dispatch({ path, method, headers: flat, body: body ?? null }, attempt)
  }

  #over(upstream: Upstream, attempt: Attempt): void {
    this.#mayHaveHappened ||= attempt.wasSent
    this.#around.upstreams.ended(upstream)
  }

  #pick(): Instance | undefined {
    const { service, contractId } = this.#outgoing
    const { directory, upstreams } = this.#around
    const keepers = directory.keepersOf(service, contractId)
    const left = this.#refusedBy.size === 0 ? keepers : keepers.filter(({ id }) => !this.#refusedBy.has(id))
    return pickInstance(upstreams.willing(left), upstreams.inFlight)
  }

  /** An instance that saw nothing is passed over; one that may have seen the request is not, unless it may be carried out twice. */
  #mayTryAnother(upstream: Upstream, cause: unknown): boolean {
    if (this.#stopped !== undefined || this.#around.isClosed() || isOurFault(cause)) return false
    const { service } = this.#outgoing
    if (this.#attempt?.wasSent !== true) {
      this.#around.logger.warn(
        { service, instance: upstream.instance.id, reason: codeOf(cause) ?? String(cause) },
        'an instance could not be reached and is passed over',
      )
      this.#around.upstreams.avoid(upstream)
      this.#refusedBy.add(upstream.instance.id)
      return true
    }
    // it may just have died: for a moment others are asked first, beginning with the repeat of this request
    this.#around.upstreams.avoid(upstream)
    if (!this.#outgoing.repeatable || this.#wasRepeated) return false
    this.#wasRepeated = true
    return true
  }

  #reasonOf(cause: unknown): string {
    if (this.#around.isClosed()) return 'closed'
    if (isOurFault(cause)) return 'invalid_request'
    return codeOf(cause) === 'UND_ERR_RES_EXCEEDED_MAX_SIZE' ? 'response_too_large' : 'connection_lost'
  }

  #failure(reason: string, cause: unknown): CallFailedError {
    const outcome: CallOutcome = this.#mayHaveHappened ? 'unknown' : 'not-sent'
    return new CallFailedError(`${this.#outgoing.contractId} at ${this.#outgoing.service}`, { outcome, reason, cause })
  }

  async #unlessStopped(ready: Promise<void>): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      this.#onStopped = resolve
    })
    try {
      await Promise.race([ready, stopped])
    } catch (cause) {
      throw this.#failure('no_healthy_instance', cause)
    }
    if (this.#stopped !== undefined) throw this.#failure(this.#stopped, undefined)
  }
}

function timeIsUp(sending: Sending): void {
  sending.stop('deadline_exceeded')
}

/** The request itself cannot be written, whoever it is for: a header with a line break, say. */
function isOurFault(cause: unknown): boolean {
  return codeOf(cause) === 'UND_ERR_INVALID_ARG'
}

function codeOf(cause: unknown): unknown {
  return cause instanceof Error && 'code' in cause ? cause.code : undefined
}
