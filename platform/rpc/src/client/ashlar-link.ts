import { TRPCClientError, type TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AnyContract, ContractRouter } from '@ashlar/contract'
import { callOperation, type Calling, type CallOptions } from './call-operation.ts'
import type { WireReply } from './read-envelope.ts'

interface LinkOptions<C extends AnyContract> extends Calling {
  readonly contract: C
}

/**
 * Lets a plain `createTRPCClient<ContractRouter<C>>` call over our transport: discovery, balancing, deadline and context
 * as with our own client. `deadlineMs` and `idempotencyKey` are read from tRPC's call `context`. What our client throws
 * as `CallFailedError` is the `cause` of the `TRPCClientError`.
 */
export function ashlarLink<C extends AnyContract>({ contract, ...calling }: LinkOptions<C>): TRPCLink<ContractRouter<C>> {
  return () =>
    ({ op }) =>
      observable((observer) => {
        const leaving = new AbortController()
        const signal = op.signal ? AbortSignal.any([op.signal, leaving.signal]) : leaving.signal
        const operation = Object.hasOwn(contract.operations, op.path) ? contract.operations[op.path] : undefined
        if (operation === undefined) {
          observer.error(TRPCClientError.from(new TypeError(`${contract.id} promises no ${op.path}`)))
          return undefined
        }
        if (operation.kind === 'subscription') {
          const how = 'split it off to httpSubscriptionLink'
          observer.error(
            TRPCClientError.from(new TypeError(`${operation.address} is a subscription, which this link does not carry: ${how}`)),
          )
          return undefined
        }
        const calls = async () => {
          const reply = await callOperation(calling, operation, { input: op.input, options: { ...optionsIn(op.context), signal } })
          if (!reply.ok) throw trpcErrorOf(reply)
          observer.next({ result: { type: 'data', data: reply.data } })
          observer.complete()
        }
        calls().catch((cause: Error) => observer.error(TRPCClientError.from(cause)))
        return () => leaving.abort()
      })
}

function trpcErrorOf({ error }: Extract<WireReply, { ok: false }>) {
  return TRPCClientError.from({ error: { ...error, code: error.code as never } })
}

function optionsIn(context: Record<string, unknown>): CallOptions {
  const { deadlineMs, idempotencyKey } = context
  return {
    deadlineMs: typeof deadlineMs === 'number' ? deadlineMs : undefined,
    idempotencyKey: typeof idempotencyKey === 'string' ? idempotencyKey : undefined,
  }
}
