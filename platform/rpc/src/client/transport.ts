import type { Registry } from '@ashlar/discovery'
import type { Logger } from '@observability/telemetry'
import { Directory } from './directory.ts'
import type { Outgoing, Reply } from './outgoing.ts'
import { openStream, type StreamReply } from './opening.ts'
import { Sending, type Surroundings } from './sending.ts'
import { Upstreams } from './upstreams.ts'

export interface Transport extends AsyncDisposable {
  /**
   * Sends a request to a healthy instance that keeps the contract, by the power of two choices. An instance that refuses
   * the connection is passed over at once, since it saw nothing; a connection lost afterwards is tried once more only
   * where the request is repeatable. Throws `CallFailedError`, which says whether the request may have had an effect.
   * A reply with an error status is a reply.
   */
  send(outgoing: Outgoing): Promise<Reply>
  /** Opens a stream, as `send` sends a request; over connections of its own. Throws `CallFailedError` where it does not begin in `timeoutMs`. */
  open(outgoing: Outgoing): Promise<StreamReply>
  /** Ends all connections at once; calls in flight fail with `closed`. */
  close(): Promise<void>
}

/** Opens the way to all services a registry knows. Keeps a pool of connections to each instance that was called. */
export function createTransport({ registry, logger }: { registry: Registry; logger: Logger }): Transport {
  const upstreams = new Upstreams()
  const directory = new Directory(registry, upstreams)
  let closed = false
  const around: Surroundings = { upstreams, directory, logger, isClosed: () => closed }
  const close = async () => {
    closed = true
    directory.close()
    await upstreams.close()
  }
  return {
    send: (outgoing) => new Sending(outgoing, around).run(),
    open: (outgoing) => openStream(outgoing, around),
    close,
    [Symbol.asyncDispose]: close,
  }
}
