/** One server-sent event; its type is `message` unless it was given another. */
export interface StreamEvent {
  readonly type: string
  readonly data: string
  readonly id: string | undefined
}

/** No item of a contract is larger. */
const mostBytes = 1_048_576

/** What came is no event stream of ours: an event that does not end. */
export class StreamUnreadableError extends Error {
  override readonly name = 'StreamUnreadableError'
}

/** Reads server-sent events out of bytes as they come; what is left unfinished at the end is no event. Throws `StreamUnreadableError`. */
export async function* readEvents(body: AsyncIterable<Buffer>): AsyncGenerator<StreamEvent, void> {
  const decoder = new TextDecoder()
  let rest = ''
  let fields: string[] = []
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true })
    // a CR that ends the piece may be the first half of a line's end
    const lines = rest.split(/\r\n|\n|\r(?!$)/)
    rest = lines.pop() ?? ''
    for (const line of lines) {
      if (line !== '') fields.push(line)
      else {
        const event = eventOf(fields)
        fields = []
        if (event !== undefined) yield event
      }
    }
    if (rest.length + fields.reduce((sum, { length }) => sum + length, 0) > mostBytes)
      throw new StreamUnreadableError(`an event is larger than ${mostBytes} bytes`)
  }
}

function eventOf(lines: readonly string[]): StreamEvent | undefined {
  const data: string[] = []
  let type = 'message'
  let id: string | undefined
  for (const line of lines) {
    const [, name = '', value = ''] = /^([^:]*)(?:: ?(.*))?$/.exec(line) ?? []
    if (name === 'data') data.push(value)
    else if (name === 'event') type = value
    else if (name === 'id') id = value
  }
  return data.length === 0 ? undefined : { type, data: data.join('\n'), id }
}
