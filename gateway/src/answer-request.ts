import type { IncomingMessage, ServerResponse } from 'node:http'
import { contextHeaders, currentContext, runInContext, type Logger } from '@observability/telemetry'
import type { Noted } from './forward/incoming.ts'
import { contextOf } from './forward/request-context.ts'
import { brokeHere } from './forward/told-details.ts'
import { readTarget, TargetRefusedError } from './http/canonical-target.ts'
import { allowOrigin, answerOptions } from './http/cors.ts'
import type { Fault } from './http/fault.ts'
import { FaultError } from './http/fault-error.ts'
import { replyProblem } from './http/reply.ts'
import { ambiguityOf } from './http/request-guard.ts'
import { endedHow } from './ended-request.ts'
import { logRequest } from './log-request.ts'
import { showRequest, startRequest } from './show-request.ts'
import { methodsAt, routeRequest, type Door } from './route-request.ts'

type Answer = (request: IncomingMessage, response: ServerResponse) => boolean

/** Makes the function that answers every request the door lets in, in its own context, with one log line each. */
export function answerRequest(door: Door): Answer {
  return (request, response) => {
    const { telemetry } = door.asking
    const context = contextOf(request, (caller) => startRequest(telemetry, request, caller))
    const began = performance.now()
    const noted: Noted = { route: '' }
    const left = new AbortController()
    response.setHeader(contextHeaders.requestId, context.requestId)
    response.once('close', () => {
      if (!response.writableFinished) left.abort()
      const ended = endedHow({ request, response, noted, began })
      showRequest(telemetry, context, ended)
      runInContext(context, () => logRequest(door.logger, ended))
    })
    runInContext(context, () => void answerAlways(door, { request, response, signal: left.signal, noted }))
    return true
  }
}

interface Arrived {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly signal: AbortSignal
  readonly noted: Noted
}

async function answerAlways(door: Door, arrived: Arrived): Promise<void> {
  const { response, noted } = arrived
  try {
    await answer(door, arrived)
  } catch (error) {
    const fault = faultOf(error, door.logger)
    noted.code = fault.code
    replyProblem(response, fault, currentContext()?.trace.traceId ?? '')
  }
}

async function answer(door: Door, arrived: Arrived): Promise<void> {
  const { request, response } = arrived
  const ambiguity = ambiguityOf(request)
  if (ambiguity !== undefined) throw new FaultError({ status: 400, code: 'ambiguous_request', detail: ambiguity })
  const isAllowed = allowOrigin(request, response, door.origins)
  if (request.method === 'OPTIONS' && request.url === '*') return answerOptions(response, { methods: 'GET, HEAD, POST', isAllowed: false })
  const target = readTarget(request.url ?? '')
  if (request.method === 'OPTIONS') return answerOptions(response, { methods: methodsAt(door, target), isAllowed })
  return routeRequest(door, { ...arrived, target })
}

function faultOf(error: unknown, logger: Logger): Fault {
  if (error instanceof FaultError) return error.fault
  if (error instanceof TargetRefusedError) return { status: 400, code: 'bad_target', detail: error.message }
  // of something that broke here the caller learns the trace id and nothing else
  logger.error({ err: error }, 'the gateway failed')
  return { status: 500, code: 'internal', detail: brokeHere }
}
