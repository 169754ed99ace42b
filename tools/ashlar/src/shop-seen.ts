import { hasKey, httpStatusOf, isServiceOnly, statusCodes, type AnyContract, type StatusCode } from '@ashlar/contract'
import { commandSubject, eventSubject } from '@ashlar/messaging'
import type { ShopSeen } from '@observability/grafana'

/** Says what contracts promise in the names that metrics use. */
export function shopSeen(contracts: readonly AnyContract[]): ShopSeen {
  return {
    services: contracts.map(({ name, operations, events }) => ({
      name,
      operations: Object.values(operations).map(({ address }) => address),
      messages: [
        ...Object.values(events).map(eventSubject),
        ...Object.values(operations)
          .filter(({ policy }) => hasKey(policy) && isServiceOnly(policy))
          .map(commandSubject),
      ],
    })),
    faultCodes: (Object.keys(statusCodes) as StatusCode[]).filter(isFault),
  }
}

// Whoever did not answer in time is at fault as well, though HTTP blames the caller for 408.
function isFault(code: StatusCode): boolean {
  return httpStatusOf(code) >= 500 || code === 'TIMEOUT'
}
