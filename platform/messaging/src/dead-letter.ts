import { z } from '@ashlar/contract'
import type { Delivery } from './bus.ts'
import { newId } from './new-id.ts'
import { ownHeaders } from './own-headers.ts'

const DeadLetter = z.object({
  id: z.string(),
  service: z.string(),
  consumer: z.string(),
  stream: z.string(),
  sequence: z.int(),
  subject: z.string(),
  attempts: z.int(),
  errorClass: z.string(),
  errorMessage: z.string(),
  failedAt: z.string(),
  headers: z.record(z.string(), z.string()),
  payload: z.string(),
  requestId: z.string(),
  traceparent: z.string(),
})

/** A message its consumer gave up on: the message as it was, where it lay, why and when. */
export type DeadLetter = Readonly<z.infer<typeof DeadLetter>>

/** Why a consumer gave up, and for whom. */
export interface Ending {
  readonly service: string
  readonly consumer: string
  readonly errorClass: string
  readonly errorMessage: string
  readonly attempts: number
  readonly requestId: string
  readonly traceparent: string
}

/** Longer explanations are cut: the letter must fit its stream. */
const longestExplanation = 2_000

/** Writes the dead letter of a delivery. */
export function writeDeadLetter(delivery: Delivery, ending: Ending): DeadLetter {
  const { stream, sequence, subject, payload } = delivery
  const headers = ownHeaders(delivery.headers)
  const { errorMessage, ...known } = ending
  return DeadLetter.parse({
    id: newId(),
    ...known,
    errorMessage: errorMessage.slice(0, longestExplanation),
    stream,
    sequence,
    subject,
    failedAt: new Date().toISOString(),
    headers,
    payload,
  })
}

/** Reads a dead letter back, or says why it is none, without a word of what it holds. */
export function readDeadLetter(payload: string): { readonly letter: DeadLetter } | { readonly problem: string } {
  const read = DeadLetter.safeParse(parsed(payload))
  if (read.success) return { letter: read.data }
  const fields = read.error.issues.map(({ path }) => path.join('.')).filter((field) => field !== '')
  const named = fields.length > 3 ? `${fields.slice(0, 2).join(', ')} and ${fields.length - 2} more fields` : fields.join(', ')
  return { problem: fields.length === 0 ? 'it is no JSON object' : `its ${named} cannot be read` }
}

function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload)
  } catch {
    // no object either
    return undefined
  }
}
