import { z, type AnyAnswer } from '@ashlar/contract'
import type { Envelope } from './envelope.ts'
import { PermanentError } from './errors.ts'

/** What a reply carries: the participant's answer to a command. */
export type CarriedAnswer =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly code: string; readonly data?: unknown }

// JSON leaves out what is undefined: a refusal that declares no data comes without that field
const replyShape = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), code: z.string().min(1), data: z.unknown().optional() }),
])

/** Writes an answer as a reply carries it. */
export function writeAnswer(answer: AnyAnswer): CarriedAnswer {
  return answer.ok ? { ok: true, value: answer.value } : { ok: false, code: answer.code, data: answer.data }
}

/** Reads the answer a reply carries. Throws `PermanentError`, which quotes none of it, when there is none. */
export function readAnswer({ id, data }: Envelope): CarriedAnswer {
  const reply = replyShape.safeParse(data)
  if (reply.success) return reply.data
  throw new PermanentError(`reply ${id} carries no answer`)
}
