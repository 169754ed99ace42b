import type { Envelope } from '@ashlar/messaging'
import { MatchersV3 } from '@pact-foundation/pact'

const { equal, regex, string } = MatchersV3

/** What differs from one message to the next, the same in every pact. */
const always = {
  id: '01935b00-0000-7000-8000-00000000e1d0',
  time: '2026-03-01T10:00:00.000Z',
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  requestid: '01935b00-0000-7000-8000-00000000e1d1',
}

/** Gives an envelope as an example: what changes with each message is the same each time it is written. */
export function exampleOf<Data>(envelope: Envelope<Data>): Envelope<Data> {
  return { ...envelope, ...always }
}

/** Gives Pact's template of what every reader reads of an envelope, with what was read of its data. */
export function envelopeTemplate({ type, source, subject }: Envelope, data: unknown): Record<string, unknown> {
  return {
    specversion: equal('1.0'),
    id: string(always.id),
    source: equal(source),
    type: equal(type),
    subject: string(subject),
    time: regex(String.raw`^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$`, always.time),
    datacontenttype: equal('application/json'),
    traceparent: regex('^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$', always.traceparent),
    requestid: string(always.requestid),
    data,
  }
}
