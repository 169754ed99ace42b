import type { Outgoing } from '../client/outgoing.ts'
import { CallFailedError } from '../wire/call-failed.ts'
import { parcels } from './parcels.ts'

/** A request that changes something, so it must not be sent twice. */
export const request: Outgoing = {
  service: parcels.name,
  contractId: parcels.id,
  path: '/anywhere',
  method: 'POST',
  headers: {},
  body: '{}',
  timeoutMs: 5_000,
  signal: undefined,
  repeatable: false,
}

/** What a call that must fail says of its failure. */
export async function failureOf(work: Promise<unknown>): Promise<{ outcome: string; reason: string }> {
  const thrown: unknown = await work.then(
    () => 'an answer',
    (cause: unknown) => cause,
  )
  if (!(thrown instanceof CallFailedError)) throw new Error('no CallFailedError was thrown', { cause: thrown })
  return { outcome: thrown.outcome, reason: thrown.reason }
}
