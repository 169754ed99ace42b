import { randomUUID } from 'node:crypto'
import type { AnyBoundOperation } from '@ashlar/contract'
import { callerToken } from '../caller-token.ts'
import type { Face } from './face.ts'

/** Who asks: a name for `--as`, and what proves it. */
export interface Caller {
  readonly name: string | undefined
  /** An `Authorization` header, good for now; none for nobody. */
  authorization(): Promise<string | undefined>
}

interface Known {
  /** Where the shop keeps its keys; nothing is proved where there are none. */
  readonly keys: string | undefined
  readonly face: Face
  /** Who is to ask; whom the contract lets, unless said. */
  readonly as: string | undefined
}

const renewedAfterMs = 30_000

/** Gives who is to ask for an operation: whom it is for, unless somebody else is named. */
export function callerFor(operation: AnyBoundOperation, { keys, face, as }: Known): Caller {
  const name = as ?? whomItIsFor(operation)
  const isNobody = face.name === 'rest' && name === undefined
  if (keys === undefined || isNobody) return { name, authorization: () => Promise.resolve(undefined) }
  const customer = { id: randomUUID(), sessionId: randomUUID(), roles: rolesOf(operation) }
  const service = face.name === 'rest' ? 'gateway' : operation.contract
  let made: { readonly at: number; readonly header: Promise<string> } | undefined
  return {
    name,
    authorization() {
      if (made === undefined || performance.now() - made.at > renewedAfterMs)
        made = { at: performance.now(), header: callerToken({ keys, service, as: name, customer }).then((token) => `Bearer ${token}`) }
      return made.header
    },
  }
}

function whomItIsFor({ policy: { access } }: AnyBoundOperation): string | undefined {
  if (access === 'open') return undefined
  if (typeof access === 'object' && 'services' in access) return access.services[0]
  return 'customer'
}

function rolesOf({ policy: { access } }: AnyBoundOperation): readonly string[] {
  return typeof access === 'object' && 'roles' in access ? access.roles : []
}
