// Ids are to differ, not to be secret: V8's own generator, seeded by the system in each process and thread, makes them at a third
// of what the system's randomness costs, and with no state of ours. Made of letters at once: a text that is joined of parts is put
// together anew by whoever reads its letters.

/** Makes a trace id: 32 hex digits, all random. */
export function newTraceId(): string {
  return newSpanId() + newSpanId()
}

/** Makes a span id: 16 hex digits, all random. */
export function newSpanId(): string {
  const [high, low] = [randomBits(), randomBits()]
  return String.fromCharCode(
    digit(high >>> 28),
    digit(high >>> 24),
    digit(high >>> 20),
    digit(high >>> 16),
    digit(high >>> 12),
    digit(high >>> 8),
    digit(high >>> 4),
    digit(high),
    digit(low >>> 28),
    digit(low >>> 24),
    digit(low >>> 20),
    digit(low >>> 16),
    digit(low >>> 12),
    digit(low >>> 8),
    digit(low >>> 4),
    digit(low),
  )
}

function randomBits(): number {
  return (Math.random() * 0x1_0000_0000) >>> 0
}

function digit(bits: number): number {
  const value = bits & 0xf
  return value < 10 ? 48 + value : 87 + value
}
