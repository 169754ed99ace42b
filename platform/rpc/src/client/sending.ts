import type { Instance } from '@ashlar/discovery'
import { pickInstance } from '@ashlar/resilience'
import { contextHeaders, type Logger } from '@observability/telemetry'
import { CallFailedError, type CallOutcome } from '../wire/call-failed.ts'
import { Attempt, type RawReply } from './attempt.ts'
import type { Directory } from './directory.ts'
import type { Outgoing, Reply } from './outgoing.ts'
import { ShownCall } from './shown-call.ts'
import type { Upstream, Upstreams } from './upstreams.ts'

interface Surroundings {
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
    try {
      const reply = await this.#send()
      this.#shown.answered(reply, this.#attempts)
      return reply
    } catch (cause) {
      this.#shown.failed(cause, this.#attempts)
      throw cause
    }
  }

  async #send(): Promise<Reply> {
    const { signal, timeoutMs } = this.#outgoing
    if (this.#around.isClosed()) throw this.#failure('closed', undefined)
    if (signal?.aborted === true) throw this.#failure('aborted', signal.reason)
    if (timeoutMs <= 0) throw this.#failure('deadline_exceeded', undefined)

    const timer = setTimeout(timeIsUp, timeoutMs, this)
    const onAbort = () => this.stop('aborted')
    signal?.addEventListener('abort', onAbort, { once: true })
    try {
      const ready = this.#around.directory.ready(this.#outgoing.service)
      if (ready !== undefined) await this.#unlessStopped(ready)
      return await this.#tryInstances()
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
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
      try {
        return await this.#ask(upstream)
      } catch (cause) {
        if (!this.#mayTryAnother(upstream, cause)) throw this.#failure(this.#stopped ?? this.#reasonOf(cause), cause)
        lastRefusal = cause
      }
    }
  }

  async #ask(upstream: Upstream): Promise<Reply> {
    const { path, method, headers, body } = this.#outgoing
    const attempt = new Attempt()
    this.#attempt = attempt
    this.#attempts += 1
    this.#around.upstreams.started(upstream)
    try {
      const leftMs = Math.max(1, Math.floor(this.#endsAt - performance.now()))
      upstream.pool.dispatch(
        { path, method, headers: { ...headers, ...this.#shown.headers, [contextHeaders.deadline]: String(leftMs) }, body: body ?? null },
        attempt,
      )
      const reply: RawReply = await attempt.reply
      return { status: reply.status, headers: reply.headers, body: reply.body, instance: upstream.instance }
    } finally {
      this.#mayHaveHappened ||= attempt.wasSent
      this.#around.upstreams.ended(upstream)
    }
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
