import { runInContext } from '@observability/telemetry'
import type { Call } from './call.ts'
import type { RpcListenerOptions } from './listener-options.ts'

/** Tells whoever logs and counts how an operation ended, inside the call's context. */
export function tellSettled(
  { onSettled }: Pick<RpcListenerOptions, 'onSettled'>,
  call: Call,
  how: { operation: string; status: number; reason: string | undefined },
): void {
  if (onSettled === undefined) return
  const durationMs = performance.now() - call.arrivedAt
  runInContext(call.context, () => onSettled({ ...how, durationMs, principal: call.principal }))
}
