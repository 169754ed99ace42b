import type { ServerResponse } from 'node:http'
import type { Tracked } from '@ashlar/contract'
import { runInContext } from '@observability/telemetry'
import { unlessAborted } from '../unless-aborted.ts'
import type { WireError } from '../wire/wire-error.ts'
import type { Call } from './call.ts'
import type { EndedStream, RpcListenerOptions } from './listener-options.ts'
import type { Route } from './routes.ts'

const defaults = { longestMs: 600_000, pingEveryMs: 10_000, most: 1_000 }
/** A connection on which nothing moved for so many pings has nobody at its other end. */
const missedPings = 4

const tooManyStreams: WireError = {
  status: 'SERVICE_UNAVAILABLE',
  reason: 'overloaded',
  message: 'too many streams are open here',
  retryAfterSeconds: 2,
}

/** How often a stream with nothing to say shows that it lives, in milliseconds. */
export function pingEveryMsOf({ streams }: RpcListenerOptions): number {
  return streams?.pingEveryMs ?? defaults.pingEveryMs
}

/** One subscription on its way to its caller. */
interface Begun {
  readonly route: Route
  readonly call: Call
  readonly res: ServerResponse
}

/** What came of it so far; `how` is known once its source has ended. */
interface Course {
  items: number
  how: EndedStream['how'] | undefined
}

/** The subscriptions of one listener that are being answered, each until it is finished, its caller leaves, or a bound ends it. */
export class OpenStreams {
  readonly #options: RpcListenerOptions
  readonly #open = new Set<Begun>()

  constructor(options: RpcListenerOptions) {
    this.#options = options
    options.streams?.closing?.addEventListener('abort', () => this.#open.forEach(end))
  }

  /** How many of an operation's streams are open. */
  of(address: string): number {
    return [...this.#open].filter(({ route }) => route.operation.address === address).length
  }

  /** Says why no further stream may be opened just now. */
  refusal(): WireError | undefined {
    return this.#open.size >= (this.#options.streams?.most ?? defaults.most) ? tooManyStreams : undefined
  }

  /**
   * Takes charge of a stream: gives its items one by one as they are taken, and stops their source as soon as nobody takes them any
   * more. Where there is nothing more for a caller, and it did not ask by GET, the status 204 tells it so.
   */
  async begin(items: AsyncIterable<Tracked>, begun: Begun): Promise<AsyncIterable<Tracked>> {
    const { call, res } = begun
    // the deadline was for the beginning
    call.end()
    const course: Course = { items: 0, how: undefined }
    const iterator = items[Symbol.asyncIterator]()
    const timer = setTimeout(end, this.#longestMs(), begun)
    this.#open.add(begun)
    const over = (): void => {
      clearTimeout(timer)
      this.#open.delete(begun)
      // one that was told to end has been left, too, when it did not take that in
      call.cancel('stream_ended')
      iterator.return?.().catch(() => undefined)
      this.#tell(begun, course)
    }
    if (res.closed) over()
    else res.once('close', over)
    // written to nobody, it would be held for ever
    res.socket?.setTimeout(missedPings * pingEveryMsOf(this.#options))
    if (this.#options.streams?.closing?.aborted === true) end(begun)

    const first = runInContext(call.context, () => iterator.next())
    const spent = await Promise.race([first.then(({ done }) => done === true).catch(() => false), nextTurn()])
    if (spent && res.req.method !== 'GET') res.statusCode = 204
    return taken({ iterator, first }, call, course)
  }

  /** Not all at the same moment, where many were opened at the same moment. */
  #longestMs(): number {
    return (this.#options.streams?.longestMs ?? defaults.longestMs) * (0.9 + Math.random() / 10)
  }

  #tell({ route, call }: Begun, { items, how = call.cancelled === 'aborted' ? 'left' : 'ended' }: Course): void {
    const operation = route.operation.address
    const { principal, context } = call
    const durationMs = performance.now() - call.arrivedAt
    route.telemetry?.metrics.count('rpc_server_ended_streams_total', { rpc_method: operation, outcome: how })
    const { onEnded } = this.#options.streams ?? {}
    if (onEnded !== undefined) runInContext(context, () => onEnded({ operation, how, items, durationMs, principal }))
  }
}

/** Lets each service's metrics say how many of its streams are open, for as long as they are read. */
export function measureStreams({ implementations }: RpcListenerOptions, open: OpenStreams): void {
  // several majors of one service have its telemetry in common
  for (const [telemetry, kept] of Map.groupBy(implementations, (one) => one.telemetry)) {
    const operations = kept.flatMap(({ contract }) => Object.values(contract.operations))
    const addresses = operations.flatMap(({ kind, address }) => (kind === 'subscription' ? [address] : []))
    if (addresses.length === 0) continue
    const read = () => addresses.map((address) => ({ labels: { rpc_method: address }, value: open.of(address) }))
    telemetry?.metrics.collect('rpc_server_open_streams', read)
  }
}

function end({ call }: Begun): void {
  call.cancel('stream_ended')
}

async function* taken(
  { iterator, first }: { iterator: AsyncIterator<Tracked>; first: Promise<IteratorResult<Tracked>> },
  call: Call,
  course: Course,
): AsyncGenerator<Tracked, void> {
  try {
    for (let next = first; ; next = runInContext(call.context, () => iterator.next())) {
      const result = await unlessAborted(next, call.signal)
      if (result.done === true) {
        course.how = 'finished'
        return
      }
      course.items += 1
      yield result.value
    }
  } catch (cause) {
    if (call.cancelled === undefined) course.how = 'failed'
    throw cause
  }
}

function nextTurn(): Promise<false> {
  return new Promise((resolve) => setImmediate(resolve, false))
}
