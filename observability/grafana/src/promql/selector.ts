import type { MetricName } from '@observability/telemetry'
import type { Match, Series } from './metric.ts'

/** Writes a selector: `rpc_server_call_duration_seconds_count{service=~"$service"}`; `ending` is what the scrape adds to the name. */
export function selector<Name extends MetricName>({ name, where }: Series<Name>, ending: '' | '_count' | '_bucket' = ''): string {
  const conditions = Object.entries<Match<string> | undefined>(where).flatMap(([label, match]) =>
    match === undefined ? [] : [`${label}${condition(match)}`],
  )
  return conditions.length === 0 ? `${name}${ending}` : `${name}${ending}{${conditions.join(', ')}}`
}

function condition(match: Match<string>): string {
  if (typeof match === 'string') return `=${quoted(match)}`
  if ('chosen' in match) return `=~"$${match.chosen}"`
  return `=~${quoted(match.anyOf.map(literal).join('|'))}`
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}

function quoted(text: string): string {
  return JSON.stringify(text)
}
