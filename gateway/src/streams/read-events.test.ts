import { describe, expect, it } from 'vitest'
import { readEvents, StreamUnreadableError, type StreamEvent } from './read-events.ts'

async function eventsIn(...pieces: readonly (string | Buffer)[]): Promise<StreamEvent[]> {
  const all: StreamEvent[] = []
  const body = (async function* () {
    for (const piece of pieces) yield Buffer.from(piece)
  })()
  for await (const event of readEvents(body)) all.push(event)
  return all
}

describe('server-sent events', () => {
  it('are told by their type, data and id, in whatever order these come', async () => {
    expect(await eventsIn('event: connected\ndata: {}\n\n\nid: 7\ndata: {"a":1}\n\ndata: {"a":2}\nid: 8\n\n')).toEqual([
      { type: 'connected', data: '{}', id: undefined },
      { type: 'message', data: '{"a":1}', id: '7' },
      { type: 'message', data: '{"a":2}', id: '8' },
    ])
  })

  it('are the same however their bytes are cut', async () => {
    const bytes = Buffer.from('id: 1\r\ndata: {"tea":"🍵"}\r\n\r\n: a comment\ndata:no space\n\nevent: ping\ndata: \n\n')
    const whole = await eventsIn(bytes)
    expect(whole.map(({ data }) => data)).toEqual(['{"tea":"🍵"}', 'no space', ''])
    for (let at = 1; at < bytes.length; at += 1) expect(await eventsIn(bytes.subarray(0, at), bytes.subarray(at))).toEqual(whole)
  })

  it('are none while they have not ended, and none without data', async () => {
    expect(await eventsIn('id: 1\ndata: {"half":', ' true}\n')).toEqual([])
    expect(await eventsIn('retry: 5\n\nid: 4\n\n')).toEqual([])
  })

  it('are refused where one does not end', async () => {
    await expect(eventsIn(...Array.from({ length: 20 }, () => 'data: '.padEnd(65_536, '.')))).rejects.toThrow(StreamUnreadableError)
    await expect(eventsIn(...Array.from({ length: 20 }, () => `data: ${'.'.repeat(65_536)}\n`))).rejects.toThrow(StreamUnreadableError)
  })
})
