import type { Found, TraceQuery, TraceStore } from './trace-store.ts'

/** Where traces are asked for. */
export const tracesPath = '/api/telemetry/traces'

export interface QueryAnswer {
  readonly status: number
  readonly body: object
}

const usualLimit = 20
const highestLimit = 1_000

/** Answers `GET /api/telemetry/traces?service=&limit=&minDurationMs=&error=` and `…/traces/<id or its beginning>`. */
export function answerQuery(url: URL, store: TraceStore): QueryAnswer | undefined {
  if (url.pathname === tracesPath) return list(url.searchParams, store)
  if (!url.pathname.startsWith(`${tracesPath}/`)) return undefined
  const beginning = url.pathname.slice(tracesPath.length + 1).toLowerCase()
  if (!/^[0-9a-f]{1,32}$/.test(beginning)) return refused(400, 'a trace id is up to 32 hexadecimal digits')
  return answerFound(store.find(beginning), beginning)
}

function answerFound(found: Found, beginning: string): QueryAnswer {
  switch (found.kind) {
    case 'found':
      return { status: 200, body: found.trace }
    case 'ambiguous':
      return { status: 409, body: { message: `${beginning} is the beginning of several traces`, traceIds: found.traceIds } }
    case 'evicted':
      return refused(410, `trace ${beginning} was kept and has made room for later ones`)
    case 'unknown':
      return refused(404, `there is no trace ${beginning}`)
  }
}

function list(asked: URLSearchParams, store: TraceStore): QueryAnswer {
  const unknown = [...asked.keys()].find((name) => !['service', 'limit', 'minDurationMs', 'error'].includes(name))
  if (unknown !== undefined) return refused(400, `${unknown} is not known here: service, limit, minDurationMs, error`)
  const limit = numberIn(asked, 'limit') ?? usualLimit
  const minDurationMs = numberIn(asked, 'minDurationMs')
  const error = asked.get('error') ?? undefined
  if (!Number.isInteger(limit) || limit < 1 || limit > highestLimit) return refused(400, `limit is a number from 1 to ${highestLimit}`)
  if (minDurationMs !== undefined && !(minDurationMs >= 0)) return refused(400, 'minDurationMs is a number of milliseconds')
  if (error !== undefined && error !== 'true' && error !== 'false') return refused(400, 'error is true or false')
  const query: TraceQuery = {
    service: asked.get('service') ?? undefined,
    minDurationMs,
    error: error === undefined ? undefined : error === 'true',
    limit,
  }
  return { status: 200, body: { traces: store.list(query), kept: store.counts() } }
}

function numberIn(asked: URLSearchParams, name: string): number | undefined {
  const text = asked.get(name)
  return text === null ? undefined : Number(text.trim() === '' ? Number.NaN : text)
}

function refused(status: number, message: string): QueryAnswer {
  return { status, body: { message } }
}
