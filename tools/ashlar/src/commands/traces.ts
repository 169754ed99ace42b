import type { TraceSummary } from '@observability/telemetry/trace-tree'
import { called } from '../command-line.ts'
import { textOption, UsageError, type Command, type Request } from '../command.ts'
import { counted } from '../terminal/counted.ts'
import { table } from '../terminal/table.ts'
import type { TraceQuery, TraceSource } from '../traces/trace-source.ts'

const usualLimit = 20

/** Lists recent traces, asking the source that is there when it is called. */
export function tracesFrom(source: () => Promise<TraceSource>): Command {
  return {
    words: ['traces'],
    parameters: '[--service <name>] [--errors] [--slower-than 200ms] [--limit <n>]',
    takes: 'none',
    summary: 'recent traces, newest first; those with failures are marked ✗',
    options: {
      service: { kind: 'string', help: 'only those this service took part in' },
      errors: { kind: 'boolean', help: 'only those in which something failed' },
      'slower-than': { kind: 'string', help: 'only those that took at least so long: 200ms, 2s' },
      limit: { kind: 'string', help: `how many; ${usualLimit} unless said` },
      json: { kind: 'boolean', help: 'as JSON' },
    },
    async run(request) {
      const query = queryOf(request)
      const found = await (await source()).list(query)
      if (request.options['json'] === true) return request.print(JSON.stringify(found, undefined, 2))
      if (found.length === 0) return request.print('No such traces yet. Something has to happen first: npm run demo')
      const digits = enoughDigits(found.map(({ traceId }) => traceId))
      for (const line of table(found.map((summary) => rowOf(summary, digits)))) request.print(cut(line))
      const [telling] = found.toSorted((one, other) => Math.sign(other.errors) - Math.sign(one.errors) || other.spans - one.spans)
      request.print(`  one of them: ${called} trace ${telling?.traceId.slice(0, digits)}`)
    },
  }
}

function queryOf(request: Request): TraceQuery {
  const limit = Number(textOption(request, 'limit') ?? usualLimit)
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) throw new UsageError('--limit is a number from 1 to 1000')
  return {
    service: textOption(request, 'service'),
    minDurationMs: durationOf(textOption(request, 'slower-than')),
    errors: request.options['errors'] === true ? 'only' : 'any',
    limit,
  }
}

function durationOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(text) ?? []
  if (amount === undefined) throw new UsageError(`--slower-than is a time such as 200ms or 2s, not ${text}`)
  return Number(amount) * (unit === 's' ? 1_000 : 1)
}

/** How much of an id tells those listed apart. */
function enoughDigits(traceIds: readonly string[]): number {
  let digits = 8
  while (digits < 32 && new Set(traceIds.map((id) => id.slice(0, digits))).size < traceIds.length) digits += 1
  return digits
}

function cut(line: string): string {
  const { isTTY, columns } = process.stdout
  return isTTY && line.length > columns ? `${line.slice(0, columns - 1)}…` : line
}

function rowOf({ traceId, startedAtMs, durationMs, name, service, spans, errors, services }: TraceSummary, digits: number): string[] {
  return [
    errors > 0 ? '✗' : ' ',
    new Date(startedAtMs).toISOString().slice(11, 19),
    traceId.slice(0, digits),
    `${durationMs.toFixed(1)} ms`,
    `${counted(spans, 'span')}${errors > 0 ? `, ${errors} failed` : ''}`,
    `${service} ${name}`,
    services.filter((other) => other !== service).join(' '),
  ]
}
