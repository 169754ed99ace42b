import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A connection whose bytes are written by hand. */
export interface RawConnection extends Disposable {
  readonly socket: Socket
  write(bytes: string): void
  /** Everything received so far. */
  received(): string
  /** Waits until as many whole responses have come, or the other side closed. */
  responses(count: number): Promise<RawResponse[]>
  closed: Promise<void>
}

export interface RawResponse {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Opens a connection to a port of this machine. */
export async function openRaw(port: number): Promise<RawConnection> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  let received = ''
  const changed = new EventTarget()
  const ring = (): boolean => changed.dispatchEvent(new Event('change'))
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()))
  void closed.then(ring)
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received += text
    ring()
  })
  // whoever is refused may be cut off while still writing
  socket.on('error', () => undefined)
  return {
    socket,
    write: (bytes) => void socket.write(bytes, 'latin1'),
    received: () => received,
    async responses(count) {
      for (;;) {
        const whole = responsesIn(received)
        if (whole.length >= count || socket.closed) return whole
        await once(changed, 'change')
      }
    },
    closed,
    [Symbol.dispose]: () => void socket.destroy(),
  }
}

function responsesIn(text: string): RawResponse[] {
  const responses: RawResponse[] = []
  let rest = text
  for (;;) {
    const end = rest.indexOf('\r\n\r\n')
    if (end === -1) return responses
    const head = rest.slice(0, end)
    const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
    const body = rest.slice(end + 4, end + 4 + length)
    if (body.length < length) return responses
    rest = rest.slice(end + 4 + length)
    // `100 Continue` announces the answer and is none
    const status = Number(head.slice(9, 12))
    if (status >= 200) responses.push({ status, head, body })
  }
}
