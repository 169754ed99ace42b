import { http } from '../node-http.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { post } from './post.ts'
import { takesNone } from './takes-none.ts'

/** Where requests of one signal go. */
export interface OtlpDestination {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  /** How long one attempt may take. */
  readonly timeoutMs: number
}

/** What became of a request: `unwanted` where whoever listens takes none of the kind. */
export type DeliveryOutcome = 'delivered' | 'unwanted' | 'failed'

export interface Delivery {
  /** Sends a request, in OTLP's protobuf; three times in all where the other side is away or busy. Never rejects. */
  deliver(body: Uint8Array): Promise<DeliveryOutcome>
  close(): void
}

const pausesMs = [200, 1000]

/** Opens connections to a collector (https://opentelemetry.io/docs/specs/otlp/#otlphttp). Unused, they keep no process alive. */
export async function openDelivery({ url, headers, timeoutMs }: OtlpDestination): Promise<Delivery> {
  const Agent = url.startsWith('https:') ? (await import('node:https')).Agent : http.Agent
  const agent = new Agent({ keepAlive: true })
  return {
    async deliver(body) {
      for (const pauseMs of [...pausesMs, undefined]) {
        const status = await post(url, { headers, timeoutMs, body, agent }).catch(() => 0)
        if (status >= 200 && status < 300) return 'delivered'
        if (takesNone(status)) return 'unwanted'
        // what is refused once is refused again, unless the other side is only busy
        if (pauseMs === undefined || (status >= 400 && status < 500 && status !== 429)) return 'failed'
        await sleep(pauseMs)
      }
      return 'failed'
    },
    close: () => agent.destroy(),
  }
}
