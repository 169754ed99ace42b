import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { currentContext, type Logger } from '@observability/telemetry'
import type { AnyBoundOperation } from '@ashlar/contract'
import { faultAnswered } from '../forward/fault-answered.ts'
import type { Noted } from '../forward/incoming.ts'
import { readEvents } from './read-events.ts'
import type { StreamForm } from './stream-form.ts'

/** A connection on which nothing moved for so long has nobody at its other end: a service shows every 10 s that it lives. */
const stillForMs = 45_000

interface Writing {
  readonly response: ServerResponse
  readonly form: StreamForm
  readonly noted: Noted
}

/** Begins the answer to a caller who follows something. Nobody on the way keeps it, or holds it back. */
export function beginStream({ response, form, noted }: Writing): void {
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  noted.streamsFrom = performance.now()
  response.socket?.setTimeout(stillForMs)
  response.write(form.start)
}

/**
 * Passes on what a service streams, as fast as the caller takes it, and ends: with a word where there is nothing more or something
 * went wrong for good, without one where the caller had better come back.
 */
export async function passOn(
  body: AsyncIterable<Buffer>,
  { operation, logger }: { operation: AnyBoundOperation; logger: Logger },
  { response, form, noted }: Writing,
): Promise<void> {
  try {
    for await (const event of readEvents(body)) {
      if (event.type === 'return') return void response.end(form.end)
      if (event.type === 'serialized-error') {
        const fault = faultAnswered(operation, JSON.parse(event.data))
        noted.code = fault.code
        return void response.end(form.fault(fault, currentContext()?.trace.traceId ?? ''))
      }
      const text = event.type === 'message' ? form.item(event) : event.type === 'ping' ? form.sign : ''
      if (text !== '' && !response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')])
      if (response.destroyed) return
    }
  } catch (err) {
    // the service is gone, or this process goes, or the caller did: whoever is still there comes back
    if (!response.destroyed) logger.info({ operation: operation.address, err }, 'a stream broke off')
  }
  response.end()
}
