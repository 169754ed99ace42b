import type { IncomingMessage } from 'node:http'
import type { Principal } from '@ashlar/security'
import { callerAddress } from '../limits/caller-address.ts'
import { authenticate, type AuthenticationRules } from './authenticate.ts'

/** Whoever sent a request. */
export interface Caller {
  /** What callers are counted by who have not said who they are. */
  readonly address: string
  /** Reads the caller's token, once for all parts of a batch. Throws `FaultError` as `authenticate` does. */
  principal(): Promise<Principal>
}

export interface CallerRules extends AuthenticationRules {
  /** How many proxies in front append to `X-Forwarded-For`; 0 trusts none and uses the connection's address. */
  readonly trustedHops: number
}

/** Tells who sent a request, as soon as somebody asks. */
export function callerOf(request: IncomingMessage, rules: CallerRules): Caller {
  let reading: Promise<Principal> | undefined
  const caller: Caller = {
    get address() {
      return callerAddress(request, rules.trustedHops)
    },
    principal: () => (reading ??= authenticate(request.headers.authorization, caller, rules)),
  }
  return caller
}
