/** A reply as it was read from a connection. */
export interface WholeReply {
  /** All of it, head and body. */
  readonly bytes: number
  /** What came after its head. */
  readonly tail: Buffer
  readonly status: number
  readonly body: string
}

/** Reads a reply that may not be whole yet; `undefined` while it is not. Throws `RangeError` when its end cannot be known. */
export function readWhole(received: Buffer): WholeReply | undefined {
  const head = received.indexOf('\r\n\r\n')
  if (head === -1) return undefined
  const lines = received.toString('latin1', 0, head)
  const status = Number(lines.split(' ', 2)[1])
  const tail = received.subarray(head + 4)
  const length = /^content-length: *(\d+)\r?$/im.exec(lines)?.[1]
  if (length !== undefined)
    return tail.length < Number(length) ? undefined : { bytes: received.length, tail, status, body: tail.toString('utf8') }
  if (!/^transfer-encoding: *chunked\r?$/im.test(lines)) throw new RangeError(`a reply of unknown length: ${lines}`)
  return tail.toString('latin1').endsWith('0\r\n\r\n') ? { bytes: received.length, tail, status, body: joined(tail) } : undefined
}

function joined(chunked: Buffer): string {
  const parts: Buffer[] = []
  let at = 0
  for (;;) {
    const line = chunked.indexOf('\r\n', at)
    const size = Number.parseInt(chunked.toString('latin1', at, line), 16)
    if (size === 0) return Buffer.concat(parts).toString('utf8')
    parts.push(chunked.subarray(line + 2, line + 2 + size))
    at = line + 2 + size + 2
  }
}
