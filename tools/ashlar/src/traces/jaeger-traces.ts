import { summariseTrace, type SpanRecord, type TraceSummary } from '@observability/telemetry/trace-tree'
import { RefusedError } from '../command.ts'
import { askJson } from './ask-json.ts'
import { spansOf, type JaegerTrace } from './read-jaeger.ts'
import type { TraceSource } from './trace-source.ts'

/** How many of the latest traces of each service are looked through: Jaeger finds by service, and by whole ids. */
const lookedThrough = 200
const shownIds = 5
const longestAgoMs = 2 * 24 * 3_600_000

/** Asks Jaeger by the API its page uses. Lists, beginnings of ids and links from elsewhere cover the latest 200 traces of each service. */
export function jaegerTraces(jaegerUrl: string): TraceSource {
  async function ask<Data>(path: string, question: Record<string, string> = {}): Promise<Data | undefined> {
    const { status, body } = await askJson(new URL(`${path}?${new URLSearchParams(question).toString()}`, jaegerUrl), 'Jaeger')
    if (status === 404) return undefined
    const { data, errors } = body as { data?: Data | null; errors?: readonly { msg?: string }[] | null }
    if (status !== 200 || data === undefined) throw new RefusedError(`Jaeger answered ${status}: ${errors?.[0]?.msg ?? 'nothing more'}`)
    return data ?? undefined
  }

  async function recent(service?: string): Promise<Map<string, SpanRecord[]>> {
    const services = service === undefined ? ((await ask<string[]>('/api/services')) ?? []) : [service]
    const from = { start: String((Date.now() - longestAgoMs) * 1_000), end: String((Date.now() + 60_000) * 1_000) }
    const found = await Promise.all(
      services.map((name) => ask<JaegerTrace[]>('/api/traces', { service: name, limit: String(lookedThrough), ...from })),
    )
    return new Map(found.flatMap((traces = []) => traces.map((trace) => [trace.traceID, spansOf(trace)] as const)))
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
      const meant = beginning.length === 32 ? [beginning] : [...others.keys()].filter((id) => id.startsWith(beginning))
      const [traceId, second] = meant
      if (second !== undefined) return { kind: 'ambiguous', traceIds: meant.slice(0, shownIds) }
      const [trace] = (traceId === undefined ? undefined : await ask<JaegerTrace[]>(`/api/traces/${traceId}`)) ?? []
      if (trace === undefined || traceId === undefined) return { kind: 'unknown', why: `there is no trace ${beginning} in Jaeger` }
      const linkedFrom = [...others.values()]
        .flat()
        .filter((span) => span.traceId !== traceId && span.links.some((link) => link.traceId === traceId))
      return { kind: 'found', trace: { traceId, spans: spansOf(trace), lines: [], linkedFrom } }
    },
  }
}
