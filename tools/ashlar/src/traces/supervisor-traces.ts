import type { KeptTrace, TraceSummary } from '@observability/telemetry/trace-tree'
import { RefusedError } from '../command.ts'
import { askJson } from './ask-json.ts'
import type { FoundTrace, TraceQuery, TraceSource } from './trace-source.ts'

interface Refusal {
  readonly message?: string
  readonly traceIds?: readonly string[]
}

/** Asks the supervisor (`npm run dev`), which keeps traces in memory, at the address it receives them at. */
export function supervisorTraces(otlpUrl: string): TraceSource {
  const ask = (path: string, question: Record<string, string> = {}): ReturnType<typeof askJson> =>
    askJson(new URL(`/api/telemetry/traces${path}?${new URLSearchParams(question).toString()}`, otlpUrl), 'the supervisor')

  function refused(body: unknown): RefusedError {
    return new RefusedError((body as Refusal | undefined)?.message ?? `the supervisor is not what answers at ${otlpUrl}`)
  }

  return {
    async list(query) {
      const { status, body } = await ask('', questionOf(query))
      if (status !== 200) throw refused(body)
      return (body as { traces: readonly TraceSummary[] }).traces
    },
    async find(beginning): Promise<FoundTrace> {
      const { status, body } = await ask(`/${beginning}`)
      const { message, traceIds } = body as Refusal
      if (status === 200) return { kind: 'found', trace: body as KeptTrace }
      if (status === 409 && traceIds !== undefined) return { kind: 'ambiguous', traceIds }
      if ((status === 404 || status === 410) && message !== undefined) return { kind: 'unknown', why: message }
      throw refused(body)
    },
  }
}

function questionOf({ service, minDurationMs, errors, limit }: TraceQuery): Record<string, string> {
  return {
    limit: String(limit),
    ...(service === undefined ? {} : { service }),
    ...(minDurationMs === undefined ? {} : { minDurationMs: String(minDurationMs) }),
    ...(errors === 'only' ? { error: 'true' } : {}),
  }
}
