import { httpStatusOf, type StatusCode } from '@ashlar/contract'
import { runInContext, type CallContext } from '@observability/telemetry'
import type { Call } from './call.ts'
import type { RpcListenerOptions, SettledCall } from './listener-options.ts'
import type { Asked } from './routes.ts'
import { showEnd } from './shown-request.ts'
import { countDeprecated } from './tell-deprecated.ts'

/** One operation that was asked for, with the context it is answered in. */
export interface Part {
  readonly call: Call
  readonly context: CallContext
  readonly asked: Asked
}

/** Ends what an operation is shown as, and tells whoever logs how it ended, inside its context. */
export function tellSettled(
  { onSettled, implementations }: Pick<RpcListenerOptions, 'onSettled' | 'implementations'>,
  { call, context, asked: { route, name } }: Part,
  how: { readonly code: StatusCode | 'OK' } & Pick<SettledCall, 'reason' | 'thrown'>,
): void {
  const durationMs = performance.now() - call.arrivedAt
  const { code, reason, thrown } = how
  const { principal } = call
  const operation = route?.operation.address
  showEnd(route?.telemetry ?? implementations[0]?.telemetry, context, { operation, code, reason, principal, durationMs })
  if (route !== undefined) countDeprecated(route, principal)
  if (onSettled === undefined) return
  const status = code === 'OK' ? 200 : httpStatusOf(code)
  runInContext(context, () => onSettled({ operation: operation ?? name, status, reason, thrown, durationMs, principal }))
}
