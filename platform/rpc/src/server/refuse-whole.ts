import type { IncomingMessage, ServerResponse } from 'node:http'
import { httpStatusOf, RequestRefusedError } from '@ashlar/contract'
import { runInContext } from '@observability/telemetry'
import { errorJson } from '../wire/wire-error.ts'
import { describeFully } from './describe-thrown.ts'
import { write } from './exchange.ts'
import { incomingContext } from './incoming-context.ts'
import type { RpcListenerOptions } from './listener-options.ts'
import { wireErrorOf } from './wire-error-of.ts'

/** Answers a request that names no operation anybody could answer: one error, also for a batch. */
export function refuseWhole(
  options: RpcListenerOptions,
  { req, res, cause }: { req: IncomingMessage; res: ServerResponse; cause: unknown },
): void {
  const error = wireErrorOf(cause)
  const status = httpStatusOf(error.status)
  runInContext(incomingContext(req.headers, undefined), () => {
    write(res, status, errorJson(error, undefined))
    if (!(cause instanceof RequestRefusedError)) options.logger.error({ err: describeFully(cause) }, 'a request could not be read')
    const [operation = ''] = (req.url ?? '').split('?', 1)
    options.onSettled?.({ operation, status, reason: error.reason, durationMs: 0, principal: { kind: 'anonymous' } })
  })
}
