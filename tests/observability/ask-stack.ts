import type { Stack } from '@deploy/local'
import { readTraces } from '@observability/telemetry/otlp'
import type { SpanRecord } from '@observability/telemetry/testing'

/** How long what has happened may take to be seen. */
export const patiently = { timeout: 45_000, interval: 300 }

/** Labels of a series or a stream. */
export type Labels = Readonly<Record<string, string>>

/** One series: its labels, and its values as numbers. */
export interface Series {
  readonly labels: Labels
  readonly values: readonly number[]
}

export interface Line {
  /** Service, trace and span, and whatever else the line carries. */
  readonly labels: Labels
  readonly text: string
}

export interface Exemplar {
  readonly series: Labels
  readonly traceId: string
  readonly seconds: number
}

/** Asks the servers of a stack, by the interfaces Grafana uses. */
export function askStack({ addresses: { jaegerUrl, lokiUrl, prometheusUrl } }: Stack) {
  return {
    /** Gives the spans of a trace; none while Jaeger does not know it. */
    async trace(traceId: string): Promise<SpanRecord[]> {
      const response = await fetch(`${jaegerUrl}/api/v3/traces/${traceId}`)
      if (response.status === 404) return []
      const { result } = (await jsonOf(response)) as { result: object }
      return readTraces({ contentType: 'application/json', bytes: Buffer.from(JSON.stringify(result)) })
    },

    /** Gives everything Jaeger holds, as text; a trace once for each service in it. */
    async everyTrace(): Promise<string[]> {
      const { data: services } = await ask<{ data: string[] }>(`${jaegerUrl}/api/services`)
      return Promise.all(
        services.map(async (service) => JSON.stringify(await ask(`${jaegerUrl}/api/traces`, { service, limit: '3000', lookback: '1h' }))),
      )
    },

    /** Asks Jaeger's page's own interface. */
    jaeger: <Answer>(path: string, question: Question = {}) => ask<Answer>(`${jaegerUrl}${path}`, question),

    prometheus: async <Data>(path: string, question: Question = {}) =>
      (await ask<{ data: Data }>(`${prometheusUrl}${path}`, question)).data,

    /** Asks Prometheus for what is so now. */
    async now(query: string): Promise<Series[]> {
      const { data } = await ask<{ data: { result: { metric: Labels; value: [number, string] }[] } }>(`${prometheusUrl}/api/v1/query`, {
        query,
      })
      return data.result.map(({ metric, value }) => ({ labels: metric, values: [Number(value[1])] }))
    },

    /** Asks Prometheus for the course of the last two minutes. */
    async lately(query: string): Promise<Series[]> {
      const question = { query, ...lastMinutes(2), step: '5' }
      const { data } = await ask<{ data: { result: { metric: Labels; values: [number, string][] }[] } }>(
        `${prometheusUrl}/api/v1/query_range`,
        question,
      )
      return data.result.map(({ metric, values }) => ({ labels: metric, values: values.map(([, value]) => Number(value)) }))
    },

    async exemplars(query: string): Promise<Exemplar[]> {
      const { data } = await ask<{ data: ExemplarSeries[] }>(`${prometheusUrl}/api/v1/query_exemplars`, { query, ...lastMinutes(10) })
      return data.flatMap(({ seriesLabels, exemplars }) =>
        exemplars.map(({ labels, value }) => ({ series: seriesLabels, traceId: labels['trace_id'] ?? '', seconds: Number(value) })),
      )
    },

    /** Gives the lines of the last ten minutes that a LogQL query finds, the newest first. */
    async lines(query: string): Promise<Line[]> {
      const { data } = await ask<{ data: { result: { stream: Labels; values: [string, string][] }[] } }>(
        `${lokiUrl}/loki/api/v1/query_range`,
        { query, limit: '5000', since: '10m' },
      )
      return data.result.flatMap(({ stream, values }) => values.map(([, text]) => ({ labels: stream, text })))
    },
  }
}

export type StackAnswers = ReturnType<typeof askStack>

type Question = Readonly<Record<string, string>>

interface ExemplarSeries {
  readonly seriesLabels: Labels
  readonly exemplars: readonly { readonly labels: Labels; readonly value: string }[]
}

function lastMinutes(minutes: number): { start: string; end: string } {
  const end = Date.now() / 1_000
  return { start: String(end - minutes * 60), end: String(end) }
}

async function ask<Answer>(address: string, question: Question = {}): Promise<Answer> {
  const url = `${address}?${new URLSearchParams(question).toString()}`
  return (await jsonOf(await fetch(url))) as Answer
}

async function jsonOf(response: Response): Promise<unknown> {
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
  return response.json()
}
