import { connect, type Socket } from 'node:net'
import { readWhole, type WholeReply } from './whole-reply.ts'

/** A reply was not the one that was seen at first. */
export class OtherReplyError extends Error {
  override readonly name = 'OtherReplyError'
}

/** What is asked again and again, and what must come each time. */
export interface Repeated {
  readonly request: string
  readonly reply: WholeReply
}

/**
 * One connection that asks the same thing one time after another. It does much less than any HTTP client: the reply must be the one
 * seen at first, byte for byte after its head.
 */
export class LoadedConnection {
  readonly #socket: Socket
  readonly #opened: Promise<void>
  #take: (bytes: number, buffer: Buffer) => void = () => undefined
  #fail: (error: Error) => void = () => undefined

  constructor(port: number) {
    const callback = (bytes: number, buffer: Uint8Array): boolean => {
      this.#take(bytes, Buffer.from(buffer.buffer, buffer.byteOffset, buffer.byteLength))
      return true
    }
    this.#socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: Buffer.allocUnsafe(65_536), callback } })
    this.#opened = new Promise((resolve, reject) => {
      this.#socket.once('connect', () => resolve())
      this.#socket.once('error', reject)
    })
    this.#socket.on('close', () => this.#fail(new Error('the server closed the connection')))
  }

  /** Asks once and reads the reply, however it comes. */
  async askOnce(request: string): Promise<WholeReply> {
    await this.#opened
    return new Promise((resolve, reject) => {
      this.#fail = reject
      let received = Buffer.alloc(0)
      this.#take = (bytes, buffer) => {
        received = Buffer.concat([received, buffer.subarray(0, bytes)])
        const whole = readWhole(received)
        if (whole !== undefined) resolve(whole)
      }
      this.#socket.write(request, 'latin1')
    })
  }

  /** Asks for as long as `next` says so; tells how long each took in milliseconds. Rejects with `OtherReplyError` at the first other reply. */
  async askAgain({ request, reply }: Repeated, { next, took }: { next: () => boolean; took: (ms: number) => void }): Promise<void> {
    await this.#opened
    return new Promise((resolve, reject) => {
      let startedAt = 0
      let received = 0
      const ask = (): void => {
        if (!next()) return resolve()
        startedAt = performance.now()
        received = 0
        this.#socket.write(request, 'latin1')
      }
      this.#fail = reject
      this.#take = (bytes, buffer) => {
        const piece = buffer.subarray(0, bytes)
        const isSame = continues(reply, received, piece)
        received += bytes
        if (!isSame) reject(new OtherReplyError(`another reply: ${piece.toString('latin1')}`))
        else if (received === reply.bytes) {
          took(performance.now() - startedAt)
          ask()
        }
      }
      ask()
    })
  }

  close(): void {
    this.#socket.destroy()
  }
}

/** Tells whether a piece, after so many bytes, is what comes next of a reply. Of its head only the length counts: it tells the time. */
function continues({ bytes, tail }: WholeReply, received: number, piece: Buffer): boolean {
  const end = received + piece.length
  if (end > bytes) return false
  const headBytes = bytes - tail.length
  const start = Math.max(received, headBytes)
  return start >= end || tail.compare(piece, start - received, piece.length, start - headBytes, end - headBytes) === 0
}
