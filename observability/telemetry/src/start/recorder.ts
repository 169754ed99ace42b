import { encodeResource } from '../otlp/encode-resource.ts'
import { openDelivery } from '../otlp/open-delivery.ts'
import type { EndedSpan, SpanRecorder } from '../recording/ended-span.ts'
import { openSpanQueue, type SpanQueue } from '../recording/span-queue.ts'
import type { TracedService } from '../started.ts'
import { resourceOf } from './resource-of.ts'
import { wantsOf } from './sampler.ts'
import type { Settings } from './settings.ts'

/** Records the spans of this process's services and sends them, each service with a queue of its own. */
export interface Recorder {
  recorderFor(service: TracedService): SpanRecorder
  flush(): Promise<void>
  close(): Promise<void>
}

export interface RecorderOptions {
  readonly settings: Settings
  readonly url: URL
  /** Called when spans could not be delivered. */
  readonly onFailure: () => void
}

interface OwnRecorder extends SpanRecorder {
  readonly queue: SpanQueue
}

/** Opens a recorder. It keeps its connections, and keeps no process alive. */
export async function openRecorder({ settings, url, onFailure }: RecorderOptions): Promise<Recorder> {
  const { headers, timeoutMs, sampler, batch } = settings
  const delivery = await openDelivery({ url: url.href, headers, timeoutMs })
  const wants = wantsOf(sampler)
  const recorders = new Map<TracedService, OwnRecorder>()

  async function send(request: Uint8Array): Promise<boolean> {
    const isTaken = (await delivery.deliver(request)) === 'delivered'
    if (!isTaken) onFailure()
    return isTaken
  }

  function begin(service: TracedService): OwnRecorder {
    const head = encodeResource(resourceOf(settings, service))
    const queue = openSpanQueue({ batch, head, send, dropped: (reason, spans) => service.dropped(reason, spans) })
    const recorder = { wants, queue, take: (span: EndedSpan) => queue.take(span) }
    recorders.set(service, recorder)
    return recorder
  }

  async function flush(): Promise<void> {
    await Promise.all([...recorders.values()].map(({ queue }) => queue.flush()))
  }

  return {
    // asked for with each span
    recorderFor: (service) => recorders.get(service) ?? begin(service),
    flush,
    async close() {
      await flush()
      delivery.close()
    },
  }
}
