import { isFailed, parseAnswer, parseInput, RequestRefusedError, type AnyBoundOperation, type Failed, type Tracked } from '@ashlar/contract'
import type { IncomingCall, Invoke } from '@ashlar/rpc'
import { createTurnstile } from '@ashlar/security'
import type { Reader } from '@ashlar/persistence'
import type { StreamedHandler, StreamedParts, Stretch, StretchContext } from './handlers.ts'
import type { Hosted } from './hosted.ts'

const atMost = 100
/** A wake that was lost is made up for after so long. */
const backstopMs = 5_000
/** All streams of an operation together keep so many connections of the pool busy at most: a wake of many must not hold up calls. */
const readsAtOnce = 2

/** A handler of a subscription read something it may not: a bug of the service. */
export class StretchInvalidError extends Error {
  override readonly name = 'StretchInvalidError'
}

type TellingOutages = <Result>(operation: AnyBoundOperation, work: Promise<Result>) => Promise<Result>
type Read = (after: number) => Promise<Stretch<unknown> | Failed>

/** Makes what answers a subscription: what there is after the caller's position, then what comes, until it is over or the call's signal aborts. */
export function answerByStream(hosted: Hosted, handler: StreamedHandler, tellingOutages: TellingOutages): Invoke {
  const { operation } = handler
  const parts: StreamedParts<AnyBoundOperation> = handler.make(hosted.definition.needs)
  const turnstile = createTurnstile(readsAtOnce)
  return async (raw, call) => {
    const input = parseInput(operation, raw)
    const after = positionOf(operation, call.lastEventId)
    const context = contextOf(hosted, call)
    // a read that fails for want of the database is told as an outage
    const read: Read = (position) =>
      tellingOutages(operation, hosted.work.track(turnstile.run(() => parts.read(input, { ...context, atMost, after: position }))))
    // before the first look, so that nothing falls between it and the first wait
    const reader = hosted.wakes.reader(parts.topic(input, context))
    stopWith(call.signal, reader)
    try {
      const first = await read(after)
      if (isFailed(first)) reader.close()
      return parseAnswer(operation, isFailed(first) ? first : follow({ first, after }, { read, reader, signal: call.signal }))
    } catch (cause) {
      reader.close()
      throw cause
    }
  }
}

function contextOf(
  { database: tx, logger }: Hosted,
  { principal }: IncomingCall,
): Omit<StretchContext<AnyBoundOperation>, 'after' | 'atMost'> {
  // the access check has let only customers through where the contract says so
  const customer = (principal.kind === 'customer' ? principal : undefined) as undefined
  return { principal, customer, stepKey: '', logger, tx }
}

function stopWith(signal: AbortSignal, reader: Reader): void {
  const stop = (): void => {
    reader.wake()
    reader.close()
  }
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
}

async function* follow(
  { first, after }: { first: Stretch<unknown>; after: number },
  { read, reader, signal }: { read: Read; reader: Reader; signal: AbortSignal },
): AsyncGenerator<Tracked, void> {
  let position = after
  for (let stretch: Stretch<unknown> | Failed = first; ; stretch = await read(position)) {
    if (isFailed(stretch)) throw new StretchInvalidError(`what was being followed is gone: ${stretch.failedCode}`)
    for (const item of stretch.items) {
      position = laterThan(position, item)
      yield item
    }
    if (stretch.isOver) break
    // a full stretch has more behind it
    if (stretch.items.length < atMost) await reader.wait(backstopMs * (0.75 + Math.random() / 2))
    if (signal.aborted) break
  }
  reader.close()
}

function laterThan(position: number, { id }: Tracked): number {
  const next = Number(id)
  if (!Number.isSafeInteger(next) || next <= position) throw new StretchInvalidError(`the position ${id} does not follow ${position}`)
  return next
}

function positionOf(operation: AnyBoundOperation, lastEventId: string | undefined): number {
  if (lastEventId === undefined) return 0
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId)
  throw new RequestRefusedError({ status: 'BAD_REQUEST', reason: 'invalid_input' }, `the input of ${operation.address} is not valid`, {
    issues: [{ path: ['lastEventId'], message: 'must be the id of an item as it was given' }],
  })
}
