import { isFailed, type AnyBoundOperation, type AnyContract, type FailureOf, type OutputOf } from '@ashlar/contract'
import { caller, type CallStory, type ProviderState } from '@ashlar/testing/pact'
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

/**
 * Tells a call from the door's side: a request comes in by the operation's route, is sent on, and what the service answers goes
 * out. The door hands on all of an answer: customers read what they like of it, and all of it was promised to them.
 */
export function visit<C extends AnyContract, Op extends AnyBoundOperation>(
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
