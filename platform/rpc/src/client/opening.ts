import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type { Instance } from '@ashlar/discovery'
import { pickInstance } from '@ashlar/resilience'
import { contextHeaders } from '@observability/telemetry'
import { unlessAborted } from '../unless-aborted.ts'
import { CallFailedError } from '../wire/call-failed.ts'
import type { Outgoing } from './outgoing.ts'
import type { Surroundings } from './sending.ts'
import { ShownCall } from './shown-call.ts'

/** An answer whose body is still coming. */
export interface StreamReply {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  /** To be read to its end or destroyed. A connection that is lost, or on which nothing moves for 45 s, is its error. */
  readonly body: Readable
  readonly instance: Instance
}

/**
 * Opens a stream at a healthy instance: `timeoutMs` is for its beginning only, `signal` ends it at any time. It changes nothing, so
 * another instance is asked once where the first cannot be reached or breaks off before it answers. Throws `CallFailedError`.
 */
export async function openStream(outgoing: Outgoing, around: Surroundings): Promise<StreamReply> {
  const { signal, timeoutMs } = outgoing
  const shown = new ShownCall(outgoing)
  const ending = new AbortController()
  const leave = (): void => ending.abort(new DOMException('the caller went away', 'AbortError'))
  const timer = setTimeout(() => ending.abort(new DOMException('no answer came in time', 'TimeoutError')), timeoutMs)
  if (signal?.aborted === true) leave()
  else signal?.addEventListener('abort', leave, { once: true })
  const asked: string[] = []
  try {
    const headers = { ...outgoing.headers, ...shown.headers, [contextHeaders.deadline]: String(timeoutMs) }
    // the registry's first answer may take longer than anybody waits
    const reply = await unlessAborted(ask({ ...outgoing, headers, signal: ending.signal }, around, asked), ending.signal)
    reply.body.once('close', () => signal?.removeEventListener('abort', leave))
    shown.answered(reply, asked.length)
    return reply
  } catch (cause) {
    signal?.removeEventListener('abort', leave)
    const failed = cause instanceof CallFailedError ? cause : failureOf(outgoing, { cause, isLate: ending.signal.aborted })
    shown.failed(failed, asked.length)
    throw failed
  } finally {
    clearTimeout(timer)
  }
}

async function ask(outgoing: Outgoing, { directory, upstreams, logger }: Surroundings, asked: string[]): Promise<StreamReply> {
  const { service, contractId, path, method, headers, body = null, signal } = outgoing
  await directory.ready(service)
  for (;;) {
    const left = directory.keepersOf(service, contractId).filter(({ id }) => !asked.includes(id))
    const instance = pickInstance(upstreams.willing(left), upstreams.inFlight)
    if (instance === undefined)
      throw new CallFailedError(`${contractId} at ${service}`, { outcome: 'not-sent', reason: 'no_healthy_instance' })
    asked.push(instance.id)
    const upstream = upstreams.of(instance)
    try {
      const reply = await upstream.streams().request({ path, method, headers, body, signal: signal ?? null })
      // given up before anybody reads it, it is nobody's failure
      reply.body.on('error', () => undefined)
      return { status: reply.statusCode, headers: reply.headers, body: reply.body, instance }
    } catch (cause) {
      if (signal?.aborted === true || asked.length > 1) throw cause
      logger.warn({ called: service, instance: instance.id, err: cause }, 'a stream could not be opened and is asked for elsewhere')
      upstreams.avoid(upstream)
    }
  }
}

function failureOf({ contractId, service, signal }: Outgoing, { cause, isLate }: { cause: unknown; isLate: boolean }): CallFailedError {
  const reason = isLate ? 'deadline_exceeded' : 'connection_lost'
  // nothing was changed, whatever became of it
  const outcome = 'not-sent'
  return new CallFailedError(`${contractId} at ${service}`, { outcome, reason: signal?.aborted === true ? 'aborted' : reason, cause })
}
