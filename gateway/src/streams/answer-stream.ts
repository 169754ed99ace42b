import type { AnyBoundOperation } from '@ashlar/contract'
import type { Principal } from '@ashlar/security'
import { type Logger } from '@observability/telemetry'
import type { Asking } from '../forward/ask-service.ts'
import type { Incoming } from '../forward/incoming.ts'
import { followService } from './follow-service.ts'
import type { OpenStreams } from './open-streams.ts'
import type { StreamForm } from './stream-form.ts'
import { beginStream, passOn } from './write-stream.ts'

/** What streams are answered with. */
export interface StreamFace {
  readonly asking: Asking
  readonly streams: OpenStreams
  readonly logger: Logger
}

/** One stream that was asked for by somebody who may. */
export interface Wanted {
  readonly operation: AnyBoundOperation
  readonly principal: Principal
  /** What streams are counted by: the customer, or the address of somebody who need not say who they are. */
  readonly holder: string
  readonly input: string | undefined
  readonly lastEventId: string | undefined
  readonly form: StreamForm
}

/** No service of ours lets one last longer than ten minutes; nobody else's holds a place here for ever. */
const longestMs = 900_000

/**
 * Answers a subscription: passes on what the service tells, until there is nothing more, the caller leaves, or this process stops; a quarter of an hour at most.
 * Resolves when it is over. Throws `FaultError` while nothing has been written.
 */
export async function answerStream(
  { response, signal, noted }: Incoming,
  wanted: Wanted,
  { asking, streams, logger }: StreamFace,
): Promise<'spent' | 'streamed'> {
  const { operation, form } = wanted
  const place = streams.enter(wanted.holder)
  const ending = new AbortController()
  const end = (): void => ending.abort(new DOMException('nobody follows any more', 'AbortError'))
  for (const source of [signal, place.closing]) source.addEventListener('abort', end, { signal: ending.signal })
  if (signal.aborted || place.closing.aborted) end()
  const late = setTimeout(end, longestMs)
  try {
    const body = await followService(asking, { ...wanted, signal: ending.signal })
    if (body === undefined) return 'spent'
    beginStream({ response, form, noted })
    await passOn(body, { operation, logger }, { response, form, noted })
    return 'streamed'
  } finally {
    clearTimeout(late)
    end()
    place.leave()
  }
}

/** The header by which a browser says where it left off. */
export const lastEventIdHeader = 'last-event-id'
