import { eventVersions, kebabCase, type AnyBoundOperation, type AnyContract } from '@ashlar/contract'
import type { SpanRecord } from '@observability/telemetry/trace-tree'
import type { StartedShop } from '../harness/index.ts'

/** Says who spoke with whom in a shop by the spans its processes sent, in the words of `declaredConversations`; errors are not told apart. */
export async function seenConversations({ system }: StartedShop, contracts: readonly AnyContract[]): Promise<string[]> {
  const url = `${system.topology.otlpUrl}/api/telemetry/traces`
  const { traces } = (await (await fetch(`${url}?limit=1000`)).json()) as { traces: { traceId: string }[] }
  const whole = await Promise.all(
    traces.map(async ({ traceId }) => (await (await fetch(`${url}/${traceId}`)).json()) as { spans?: SpanRecord[] }),
  )
  const names = namesIn(contracts)
  const said = whole.flatMap(({ spans = [] }) => spans.flatMap((span) => sentenceOf(span, names)))
  return [...new Set(said)].toSorted()
}

/** What the wire and the broker call an operation or an event, and what contracts call it. */
function namesIn(contracts: readonly AnyContract[]): ReadonlyMap<string, string> {
  const operations = contracts.flatMap((contract) => Object.values<AnyBoundOperation>(contract.operations))
  const events = contracts.flatMap(eventVersions)
  return new Map([
    ...operations.map(({ address, contract, name }) => [address, `${contract}.${name}`] as const),
    ...operations.map(
      ({ contract, name, version }) => [`${contract}.${kebabCase(name)}.command.v${version}`, `${contract}.${name}`] as const,
    ),
    ...events.map(({ type, contract, name }) => [type, `${contract}.${name}`] as const),
  ])
}

function sentenceOf({ service, kind, attributes }: SpanRecord, names: ReadonlyMap<string, string>): string[] {
  const subject = String(attributes['messaging.destination.name'] ?? '')
  if (kind === 'client') return toldOf(`${service} calls`, names.get(String(attributes['rpc.method'])))
  if (kind === 'producer' && subject.includes('.command.')) return toldOf(`${service} calls`, names.get(subject))
  if (kind === 'consumer' && !subject.includes('.command.')) return toldOf(`${service} hears`, names.get(subject))
  return []
}

function toldOf(who: string, what: string | undefined): string[] {
  return what === undefined ? [] : [`${who} ${what}`]
}
