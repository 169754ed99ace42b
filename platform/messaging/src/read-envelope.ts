import { z } from '@ashlar/contract'
import { parseTraceparent } from '@observability/telemetry'
import { isAttributeText, longestAttribute } from './attribute-text.ts'
import type { Envelope } from './envelope.ts'
import { EnvelopeInvalidError } from './errors.ts'

// What no key and no header could be is refused here, where it is known at once that another attempt will not help.
const text = z.string().refine(isAttributeText, 'holds control characters or broken Unicode')
const filled = text.min(1).max(longestAttribute)

// Loose: other senders may add attributes of their own, and CloudEvents asks readers to let them pass.
const envelopeShape = z.looseObject({
  specversion: z.literal('1.0'),
  id: filled,
  source: filled,
  type: filled,
  subject: filled,
  time: z.iso.datetime({ offset: true }),
  datacontenttype: z.literal('application/json'),
  data: z.unknown(),
  traceparent: z.string().refine((text) => parseTraceparent(text) !== undefined, 'is not a traceparent'),
  tracestate: z.string().optional(),
  requestid: filled,
  causationid: filled.optional(),
  aggregateversion: z.int().min(1).optional(),
  partitionkey: text.max(longestAttribute).optional(),
  copyof: filled.optional(),
  stepkey: filled.optional(),
  replyto: filled.optional(),
  principal: text.min(1).optional(),
})

/** Reads a structured CloudEvent. Throws `EnvelopeInvalidError`, which names the attributes that are wrong and quotes none of their values. */
export function readEnvelope(payload: string): Envelope {
  const result = envelopeShape.safeParse(parse(payload))
  if (result.success) return result.data as Envelope
  const problems = result.error.issues.map((issue) => `${issue.path.join('.') || '(whole)'}: ${issue.message}`)
  throw new EnvelopeInvalidError(problems.join('; '))
}

function parse(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    // The parser's own message quotes the text, which may hold personal data.
    throw new EnvelopeInvalidError('it is not JSON')
  }
}
