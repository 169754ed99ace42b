const smallest = 4096
// below this, going from letter to letter is faster than asking Node
const longestByHand = 48

/** Writes Protocol Buffers' wire format into memory that grows as needed (https://protobuf.dev/programming-guides/encoding/). */
export class ByteWriter {
  #bytes = Buffer.allocUnsafeSlow(smallest)
  #length = 0

  /** What has been written so far: a view, good until the next write. */
  get written(): Buffer {
    return this.#bytes.subarray(0, this.#length)
  }

  /** Starts anew in the same memory. */
  clear(): void {
    this.#length = 0
  }

  byte(byte: number): void {
    this.#makeRoom(1)
    this.#bytes[this.#length++] = byte
  }

  /** A whole number from 0 up to 2^53, seven bits to a byte. */
  varint(value: number): void {
    this.#makeRoom(8)
    let rest = value
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80
      rest = Math.floor(rest / 0x80)
    }
    this.#bytes[this.#length++] = rest
  }

  /** A whole number as `int64`: below zero it takes ten bytes. */
  int64(value: number): void {
    if (value >= 0) return this.varint(value)
    let rest = BigInt.asUintN(64, BigInt(value))
    for (; rest > 0x7fn; rest >>= 7n) this.byte(Number(rest & 0x7fn) | 0x80)
    this.byte(Number(rest))
  }

  fixed32(value: number): void {
    this.#makeRoom(4)
    this.#length = this.#bytes.writeUInt32LE(value, this.#length)
  }

  double(value: number): void {
    this.#makeRoom(8)
    this.#length = this.#bytes.writeDoubleLE(value, this.#length)
  }

  /** A time in milliseconds since 1970, as `fixed64` of nanoseconds: more than a number holds exactly, so it is put together of parts. */
  time(milliseconds: number): void {
    const whole = Math.floor(milliseconds)
    const upper = Math.floor(whole / 0x1_0000) * 1e6
    const lower = (whole % 0x1_0000) * 1e6 + Math.round((milliseconds - whole) * 1e6) + (upper % 0x1_0000) * 0x1_0000
    this.fixed32(lower % 0x1_0000_0000)
    this.fixed32(Math.floor(upper / 0x1_0000) + Math.floor(lower / 0x1_0000_0000))
  }

  /** A text with its length before it. */
  text(text: string): void {
    if (text.length < longestByHand && this.#plainText(text)) return
    const length = Buffer.byteLength(text)
    this.varint(length)
    this.#makeRoom(length)
    this.#bytes.write(text, this.#length, length)
    this.#length += length
  }

  /** Hexadecimal digits as the bytes they stand for, with their number before them. */
  id(digits: string): void {
    const length = digits.length / 2
    this.byte(length)
    this.#makeRoom(length)
    for (let at = 0; at < digits.length; at += 2)
      this.#bytes[this.#length++] = (digitOf(digits.charCodeAt(at)) << 4) | digitOf(digits.charCodeAt(at + 1))
  }

  raw(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** Begins a message within the message; `end` wants what this gives. */
  begin(): number {
    this.#makeRoom(1)
    this.#length += 1
    return this.#length
  }

  /** Ends it: its length goes before it, and what is longer than 127 bytes moves on to make room for that. */
  end(begunAt: number): void {
    const length = this.#length - begunAt
    if (length < 0x80) {
      this.#bytes[begunAt - 1] = length
      return
    }
    const more = length < 0x4000 ? 1 : length < 0x20_0000 ? 2 : 3
    this.#makeRoom(more)
    this.#bytes.copyWithin(begunAt + more, begunAt, this.#length)
    this.#length = begunAt - 1
    this.varint(length)
    this.#length += length
  }

  /** Writes a short text letter by letter; gives up, with nothing written, at one that is not of ASCII. */
  #plainText(text: string): boolean {
    this.#makeRoom(1 + longestByHand)
    const bytes = this.#bytes
    const from = this.#length + 1
    for (let at = 0; at < text.length; at += 1) {
      const letter = text.charCodeAt(at)
      if (letter > 0x7f) return false
      bytes[from + at] = letter
    }
    bytes[from - 1] = text.length
    this.#length = from + text.length
    return true
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#bytes.length) return
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + more))
    larger.set(this.written)
    this.#bytes = larger
  }
}

function digitOf(character: number): number {
  return character < 58 ? character - 48 : (character | 0x20) - 87
}
