import type { DropReason } from '../started.ts'
import { ByteWriter } from '../otlp/byte-writer.ts'
import { encodeRequest, recordTag } from '../otlp/encode-request.ts'
import { encodeScope } from '../otlp/encode-scope.ts'
import { encodeSpan } from './encode-span.ts'
import type { EndedSpan } from './ended-span.ts'
import type { BatchSettings } from '../start/settings.ts'

/** Spans of one service that have ended and wait to be sent. */
export interface SpanQueue {
  /** Takes a span as bytes, at once: none of its objects is kept. Drops and counts it where there is no room. */
  take(span: EndedSpan): void
  /** Resolves when all that was taken so far has been sent or given up. Never rejects. */
  flush(): Promise<void>
}

export interface SpanQueueOptions {
  readonly batch: BatchSettings
  /** Written before the spans of each request: whose they are. */
  readonly head: Uint8Array
  /** Sends a request, and says whether it was taken. Never rejects. */
  readonly send: (request: Uint8Array) => Promise<boolean>
  readonly dropped: (reason: DropReason, spans: number) => void
}

interface Batch {
  readonly bytes: ByteWriter
  spans: number
}

/** Opens a queue. It sends a batch when it is full or when its oldest span has waited long enough, one after another. */
export function openSpanQueue({ batch, head, send, dropped }: SpanQueueOptions): SpanQueue {
  const full: Batch[] = []
  let filling: Batch | undefined
  let spare: ByteWriter | undefined
  let waiting = 0
  let timer: NodeJS.Timeout | undefined
  let sending: Promise<void> | undefined
  const request = new ByteWriter()
  const whose = { resource: head, scope: encodeScope('@observability/telemetry') }

  function endBatch(): void {
    clearTimeout(timer)
    timer = undefined
    if (filling !== undefined) full.push(filling)
    filling = undefined
    if (full.length > 0) sending ??= sendAll()
  }

  async function sendAll(): Promise<void> {
    for (let next = full.shift(); next !== undefined; next = full.shift()) {
      waiting -= next.spans
      request.clear()
      encodeRequest(whose, () => request.raw(next.bytes.written), request)
      const isTaken = await send(request.written)
      if (!isTaken) dropped('export_failed', next.spans)
      next.bytes.clear()
      spare = next.bytes
    }
    // in the same breath as the last look into the queue: a batch that ends after it begins anew
    sending = undefined
  }

  return {
    take(span) {
      if (waiting >= batch.maxQueueSize) return dropped('queue_full', 1)
      filling ??= { bytes: spare ?? new ByteWriter(), spans: 0 }
      spare = undefined
      filling.bytes.byte(recordTag)
      const begun = filling.bytes.begin()
      encodeSpan(span, filling.bytes)
      filling.bytes.end(begun)
      filling.spans += 1
      waiting += 1
      if (filling.spans >= batch.maxExportBatchSize) endBatch()
      else timer ??= setTimeout(endBatch, batch.scheduledDelayMillis).unref()
    },
    async flush() {
      endBatch()
      await sending
    },
  }
}
