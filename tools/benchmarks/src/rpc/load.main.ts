import { serveSide } from '../serve-side.ts'
import { stayAwake } from '../stay-awake.ts'
import { LoadedConnection } from './load/loaded-connection.ts'
import type { WholeReply } from './load/whole-reply.ts'

// The side that makes load for servers. Its connections stay open, so that no round pays for making them.
const connections = new Map<number, LoadedConnection[]>()
const replies = new Map<number, WholeReply>()

interface Load {
  readonly port: number
  readonly request: string
  readonly calls: number
  readonly atOnce: number
}

function connectionsTo(port: number, count: number): LoadedConnection[] {
  const known = connections.get(port) ?? []
  while (known.length < count) known.push(new LoadedConnection(port))
  connections.set(port, known)
  return known.slice(0, count)
}

serveSide({
  /** Asks once; what comes is what must come from now on. */
  async check({ port, request }: Pick<Load, 'port' | 'request'>) {
    const [connection] = connectionsTo(port, 1)
    if (connection === undefined) throw new RangeError('no connection')
    // the first replies of a connection may say more in their heads
    await connection.askOnce(request)
    const reply = await connection.askOnce(request)
    replies.set(port, { ...reply, tail: Buffer.from(reply.tail) })
    return { status: reply.status, body: reply.body }
  },
  /** Makes calls, so many at once, and gives how long each took in milliseconds. */
  async calls({ port, request, calls, atOnce }: Load) {
    const reply = replies.get(port)
    if (reply === undefined) throw new TypeError('what must come is not known yet')
    const tookMs: number[] = []
    let left = calls
    const next = (): boolean => {
      left -= 1
      return left >= 0
    }
    const asking = connectionsTo(port, atOnce).map((connection) =>
      connection.askAgain({ request, reply }, { next, took: (ms) => tookMs.push(ms) }),
    )
    const mayRest = stayAwake()
    try {
      await Promise.all(asking)
    } finally {
      mayRest()
    }
    return tookMs
  },
  flush: () => Promise.resolve(),
})
