import type { IncomingMessage, ServerResponse } from 'node:http'
import { OtlpUnreadableError, readTraces, type OtlpBody } from '@observability/telemetry/otlp'
import { BodyRefusedError, readBody } from './read-body.ts'
import type { TraceStore } from './trace-store.ts'

// As much as a sender's largest batch, with room; the usual collector takes 20 MiB.
const maxBodyBytes = 8 * 1024 * 1024

type Take = (body: OtlpBody, store: TraceStore) => void

// Lines are not among them: they are read off what processes print, so that no process runs a worker to send them here.
const signals: Readonly<Record<string, Take>> = {
  '/v1/traces': (body, store) => store.add(readTraces(body)),
  // Taken so that senders have peace; nobody asks for them here.
  '/v1/metrics': () => undefined,
}

/** Says whether a path is one that OTLP sends to. */
export function isOtlpPath(path: string): boolean {
  return path.startsWith('/v1/')
}

/** Answers a request that brings spans or metrics, by the rules of OTLP over HTTP: 404 for a signal that is not taken. */
export async function answerOtlp(
  request: IncomingMessage,
  response: ServerResponse,
  to: { path: string; store: TraceStore },
): Promise<void> {
  const contentType = request.headers['content-type']?.toLowerCase().split(';')[0]?.trim()
  const isJson = contentType === 'application/json'
  const answer = (status: number, message = ''): void => {
    const body = isJson ? JSON.stringify(message === '' ? {} : { message }) : protobufStatus(message)
    // what is not read to its end leaves no connection to go on with
    const closing = request.complete ? {} : { connection: 'close' }
    response.writeHead(status, { 'content-type': isJson ? 'application/json' : 'application/x-protobuf', ...closing }).end(body)
  }
  const take = Object.hasOwn(signals, to.path) ? signals[to.path] : undefined
  if (take === undefined) return answer(404, `${to.path} is not taken here`)
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    return answer(405, 'POST only')
  }
  if (!isJson && contentType !== 'application/x-protobuf')
    return answer(415, 'content type has to be application/x-protobuf or application/json')
  try {
    const bytes = await readBody(request, maxBodyBytes)
    take({ contentType, bytes }, to.store)
    answer(200)
  } catch (error) {
    if (error instanceof BodyRefusedError) answer(error.status, error.message)
    else if (error instanceof OtlpUnreadableError) answer(400, error.message)
    else throw error
  }
}

/** Writes `google.rpc.Status` with a message (field 2); without one, the empty message that says all is well. */
function protobufStatus(message: string): Buffer {
  const text = Buffer.from(message).subarray(0, 127)
  return text.length === 0 ? text : Buffer.concat([Buffer.from([0x12, text.length]), text])
}
