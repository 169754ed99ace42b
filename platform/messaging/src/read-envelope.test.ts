import { describe, expect, it } from 'vitest'
import { EnvelopeInvalidError } from './errors.ts'
import { readEnvelope } from './read-envelope.ts'

const sent = {
  specversion: '1.0',
  id: '01a1fdfd-1104-74d7-b175-ef22653af347',
  source: '/payments',
  type: 'payments.card-charged.v2',
  subject: 'c1',
  time: '2026-03-01T10:00:00.000Z',
  datacontenttype: 'application/json',
  data: { note: 'a\u0000b' },
  traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  requestid: 'r-1',
}
const read = (attributes: object) => readEnvelope(JSON.stringify({ ...sent, ...attributes }))

describe('an envelope that no database or header could keep', () => {
  it.each(['id', 'source', 'subject', 'type', 'requestid', 'stepkey', 'partitionkey'])('is refused for its %s', (attribute) => {
    expect(() => read({ [attribute]: 'a\u0000b' })).toThrow(EnvelopeInvalidError)
    expect(() => read({ [attribute]: 'a\nb' })).toThrow(`${attribute}: holds control characters`)
    // Written to a database, any two of these would be the same.
    expect(() => read({ [attribute]: '\ud800' })).toThrow(`${attribute}: holds control characters or broken Unicode`)
    expect(() => read({ [attribute]: 'x'.repeat(1_025) })).toThrow(EnvelopeInvalidError)
  })

  it('is let pass with words of any language, and with whatever its data holds', () => {
    expect(read({ id: 'Tee für zwei 🫖' })).toMatchObject({ id: 'Tee für zwei 🫖', data: sent.data })
    expect(read({ id: 'x'.repeat(255) }).id).toHaveLength(255)
    expect(() => read({ id: 'x'.repeat(256) })).toThrow(/^the message is no valid envelope: id:/)
  })

  it('is not one for its trace state, which a caller may have sent and nobody needs', () => {
    expect(read({ tracestate: 'x'.repeat(5_000) })).toMatchObject({ id: sent.id })
  })

  it('keeps a signature as long as signatures are', () => {
    expect(read({ principal: 's'.repeat(2_000) })).toHaveProperty('principal')
  })
})
