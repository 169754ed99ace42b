import { isFailed, type AnyBoundOperation, type AnyContract, type FailureOf, type OutputOf } from '@ashlar/contract'
import { caller, openPact, type CallStory, type OpenPact, type ProviderState } from '@ashlar/testing/pact'
import { expect } from 'vitest'
import { ask } from '../src/testing/ask.ts'
import { openDoor } from './door.ts'

/** A request as a customer, or anybody, sends it, and what the service behind the door answers. */
export interface Visit<Op extends AnyBoundOperation> {
  readonly given?: readonly ProviderState[]
  readonly path: string
  readonly body?: unknown
  readonly idempotencyKey?: string
  readonly answer: OutputOf<Op> | FailureOf<Op>
}

/** The door's pact with the service behind it. */
export interface DoorPact<C extends AnyContract> extends OpenPact<C> {
  /** Records the call that a visit leads to. */
  visit<Op extends AnyBoundOperation>(operation: Op, title: string, visit: Visit<Op>): Promise<void>
}

/** Opens the pact between the door and a service for the stories of one test file, all of them. */
export function openDoorPact<C extends AnyContract>(provider: C): DoorPact<C> {
  const pact = openPact({ consumer: 'gateway', provider, contracts: new URL('../../contracts/', import.meta.url) })
  const visit: DoorPact<C>['visit'] = (operation, title, made) => pact.call(operation, title, storyOf(operation, made))
  return Object.assign(pact, { visit })
}

/**
 * Tells a call from the door's side: a request comes in by the operation's route, is sent on, and what the service answers goes
 * out. The door hands on all of an answer: customers read what they like of it, and all of it was promised to them.
 */
function storyOf<C extends AnyContract, Op extends AnyBoundOperation>(
  operation: Op,
  { given = [], path, body, idempotencyKey, answer }: Visit<Op>,
): CallStory<C, Op> {
  const isCustomers = operation.policy.access === 'customer'
  const who = given.some(({ name }) => name.startsWith('the caller is ')) ? [] : [isCustomers ? caller.customer('Ada') : caller.nobody]
  return {
    given: [...who, ...given],
    answer,
    async tell({ transport }) {
      await using door = await openDoor(transport)
      const { method = 'POST', status = 200 } = operation.rest ?? {}
      const answered = await ask(door.url, path, {
        method,
        ...(isCustomers ? { token: door.token } : {}),
        ...(body === undefined ? {} : { body }),
        ...(idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': idempotencyKey } }),
      })
      if (isFailed(answer)) expect(answered.body).toMatchObject({ code: answer.failedCode })
      else expect(answered).toMatchObject({ status, ...(status === 204 ? {} : { body: answer }) })
    },
  }
}
