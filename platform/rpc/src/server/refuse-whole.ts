import type { IncomingMessage, ServerResponse } from 'node:http'
import { httpStatusOf, RequestRefusedError } from '@ashlar/contract'
import { runInContext } from '@observability/telemetry'
import { errorJson } from '../wire/wire-error.ts'
import { write } from './exchange.ts'
import { incomingContext } from './incoming-context.ts'
import type { RpcListenerOptions } from './listener-options.ts'
import type { Target } from './routes.ts'
import { showEnd, spanOf } from './shown-request.ts'
import { wireErrorOf } from './wire-error-of.ts'

interface Refused {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  readonly cause: unknown
  /** What it asks for, as far as that could be read. */
  readonly target?: Target | undefined
}

/** Answers a request that names no operation anybody could answer: one error, also for a batch. */
export function refuseWhole(options: RpcListenerOptions, { req, res, cause, target }: Refused): void {
  const error = wireErrorOf(cause)
  const plain = target?.isBatch === true ? undefined : target
  const { implementations } = options
  const context = incomingContext(req.headers, undefined, spanOf(plain, implementations))
  runInContext(context, () => {
    write(res, httpStatusOf(error.status), errorJson(error, undefined))
    if (!(cause instanceof RequestRefusedError)) options.logger.error({ err: cause }, 'a request could not be read')
    const [name = ''] = (req.url ?? '').split('?', 1)
    const asked = plain?.asked[0] ?? { name, route: undefined }
    const telemetry = asked.route?.telemetry ?? implementations[0]?.telemetry
    const how = { code: error.status, reason: error.reason, principal: { kind: 'anonymous' } as const, durationMs: 0 }
    showEnd(telemetry, context, { ...how, operation: asked.route?.operation.address })
    options.onSettled?.({
      operation: name,
      status: httpStatusOf(error.status),
      reason: error.reason,
      durationMs: 0,
      principal: how.principal,
    })
  })
}
