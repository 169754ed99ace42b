import { runInContext } from '@observability/telemetry'
import type { Call } from './call.ts'
import type { RpcListenerOptions, SettledCall } from './listener-options.ts'

/** Tells whoever logs and counts how an operation ended, inside the call's context. */
export function tellSettled(
  { onSettled }: Pick<RpcListenerOptions, 'onSettled'>,
  call: Call,
  how: Pick<SettledCall, 'operation' | 'status' | 'reason' | 'thrown'>,
): void {
  if (onSettled === undefined) return
  const durationMs = performance.now() - call.arrivedAt
  runInContext(call.context, () => onSettled({ ...how, durationMs, principal: call.principal }))
}
