import type { Witness } from '../find-witness.ts'

/** A call that the version before takes and the version after does not, for what is no shape. */
export function refusedCall(payload: Readonly<Record<string, unknown>>, refusal: string): { witness: Witness } {
  return { witness: { payload, refusal, judgedBy: 'contract' } }
}
