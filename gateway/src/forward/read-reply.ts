import type { AnyBoundOperation } from '@ashlar/contract'
import { FaultError } from '../http/fault-error.ts'
import { faultAnswered } from './fault-answered.ts'
import { brokeHere, whenUnknown } from './told-details.ts'

/** A service's good answer: its data as JSON, as the service wrote it. */
export interface ServiceAnswer {
  readonly data: Buffer
}

const start = Buffer.from('{"result":{"data":')
const end = Buffer.from('}}')
const nothing = Buffer.from('null')

/** Takes the data out of a good reply, without parsing it where it has the form our own services write. Throws `FaultError`: the service's fault, or `bad_response`. */
export function readReply(operation: AnyBoundOperation, { status, body }: { status: number; body: Buffer }): ServiceAnswer {
  if (status === 200 && body.subarray(0, start.length).equals(start) && body.subarray(-end.length).equals(end))
    return { data: body.subarray(start.length, -end.length) }

  const { result, error } = envelopeIn(operation, body)
  if (status === 200 && result !== undefined) return { data: 'data' in result ? Buffer.from(JSON.stringify(result.data)) : nothing }
  throw new FaultError(faultAnswered(operation, error))
}

function envelopeIn(operation: AnyBoundOperation, body: Buffer): { result?: { data?: unknown }; error?: unknown } {
  try {
    const envelope: unknown = JSON.parse(body.toString('utf8'))
    if (typeof envelope === 'object' && envelope !== null) return envelope
  } catch {
    // cut off, or no service of ours: what it said is no use to the caller
  }
  throw new FaultError({ status: 502, code: 'bad_response', detail: `${brokeHere}; ${whenUnknown(operation)}` })
}
