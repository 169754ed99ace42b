import { OtlpUnreadableError, readTraces } from '@observability/telemetry/otlp'
import { summariseTrace, type SpanRecord, type TraceSummary } from '@observability/telemetry/trace-tree'
import { RefusedError } from '../command.ts'
import { askJson } from './ask-json.ts'
import type { TraceSource } from './trace-source.ts'

/** How many of the latest traces of each service are looked through: Jaeger finds by service, and by whole ids. */
const lookedThrough = 200
const shownIds = 5
const lookedBackMs = 2 * 24 * 3_600_000

/**
 * Asks Jaeger, by the API that answers in OTLP and so leaves nothing out. Lists, beginnings of ids and links from elsewhere
 * cover the latest 200 traces of each service; lines are not there but in Loki.
 */
export function jaegerTraces(jaegerUrl: string): TraceSource {
  async function ask(path: string, question: Record<string, string> = {}): Promise<object | undefined> {
    const url = new URL(`/api/v3${path}?${new URLSearchParams(question).toString()}`, jaegerUrl)
    const { status, body } = await askJson(url, 'Jaeger')
    if (status === 404) return undefined
    if (status === 200 && typeof body === 'object' && body !== null) return body
    const { error } = body as { error?: { message?: string } }
    throw new RefusedError(`Jaeger answered ${status}: ${error?.message ?? 'nothing more'}`)
  }

  async function spansAt(path: string, question?: Record<string, string>): Promise<SpanRecord[]> {
    const { result = {} } = ((await ask(path, question)) ?? {}) as { result?: object }
    try {
      return readTraces({ contentType: 'application/json', bytes: Buffer.from(JSON.stringify(result)) })
    } catch (cause) {
      if (cause instanceof OtlpUnreadableError) throw new RefusedError(`Jaeger is not what answers at ${jaegerUrl}`, { cause })
      throw cause
    }
  }

  async function recent(service?: string): Promise<Map<string, SpanRecord[]>> {
    const { services = [] } = (service === undefined ? ((await ask('/services')) ?? {}) : { services: [service] }) as {
      services?: string[]
    }
    const found = await Promise.all(services.map((name) => spansAt('/traces', questionOf(name))))
    // One that several services took part in is found by each of them.
    const spans = new Map(found.flat().map((span) => [`${span.traceId}/${span.spanId}`, span]))
    return Map.groupBy(spans.values(), ({ traceId }) => traceId)
  }

  return {
    async list({ service, minDurationMs = 0, errors, limit }) {
      return [...(await recent(service)).values()]
        .map((spans) => summariseTrace(spans))
        .filter((summary): summary is TraceSummary => summary !== undefined)
        .filter((summary) => summary.durationMs >= minDurationMs && (errors === 'any' || summary.errors > 0))
        .toSorted((one, other) => other.startedAtMs - one.startedAtMs)
        .slice(0, limit)
    },
    async find(beginning) {
      const others = await recent()
      const meant = [...others.keys()].filter((id) => id.startsWith(beginning))
      if (meant.length > 1) return { kind: 'ambiguous', traceIds: meant.slice(0, shownIds) }
      const [traceId = beginning] = meant
      const spans = traceId.length === 32 ? await spansAt(`/traces/${traceId}`) : []
      if (spans.length === 0) return { kind: 'unknown', why: `there is no trace ${beginning} in Jaeger` }
      const linkedFrom = [...others.values()]
        .flat()
        .filter((span) => span.traceId !== traceId && span.links.some((link) => link.traceId === traceId))
      return { kind: 'found', trace: { traceId, spans, lines: [], linkedFrom } }
    },
  }
}

function questionOf(service: string): Record<string, string> {
  const now = Date.now()
  return {
    'query.service_name': service,
    'query.start_time_min': new Date(now - lookedBackMs).toISOString(),
    'query.start_time_max': new Date(now + 60_000).toISOString(),
    // its later name, then its earlier one
    'query.search_depth': String(lookedThrough),
    'query.num_traces': String(lookedThrough),
  }
}
