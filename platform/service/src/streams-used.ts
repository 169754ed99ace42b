import { hasKey } from '@ashlar/contract'
import { deadLetterStream, streamsOf, type StreamSpec } from '@ashlar/messaging'
import type { ServiceDefinition } from './service.ts'

/** Lists a service's own streams and those of others it sends to or hears from: whoever starts first makes them. */
export function streamsUsedBy({ contract, operations, reactions, sagas }: ServiceDefinition): StreamSpec[] {
  const own = streamsOf(contract)
  const isSentTo = Object.values(operations).some(({ operation }) => hasKey(operation.policy))
  const heard = Object.values(reactions).map(({ event }) => streamsOf({ name: event.contract }).events)
  const sentTo = sagas
    .flatMap(({ steps }) => steps.flatMap((step) => [step.operation, ...(step.undo === undefined ? [] : [step.undo.operation])]))
    .map((operation) => streamsOf({ name: operation.contract }).commands)
  const all = [
    own.events,
    deadLetterStream(contract.name),
    ...(isSentTo ? [own.commands] : []),
    ...(sagas.length > 0 ? [own.replies] : []),
    ...heard,
    ...sentTo,
  ]
  return [...new Map(all.map((stream) => [stream.name, stream])).values()]
}
