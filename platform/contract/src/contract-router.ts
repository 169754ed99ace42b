import type { TRPCBuiltRouter, TRPCMutationProcedure, TRPCQueryProcedure, TRPCSubscriptionProcedure } from '@trpc/server'
import type { z } from 'zod'
import type { Failed } from './answer.ts'
import type { AnyContract } from './define-contract.ts'
import type { AnyOperation, FailureOf } from './operation.ts'
import type { PlatformReason } from './platform-reasons.ts'
import type { Issue } from './request-refused.ts'
import type { StatusCode } from './status-code.ts'
import type { Tracked } from './tracked.ts'

/** What an error carries on the tRPC wire: `reason` is the declared or platform code, `details` that code's data. */
export interface AshlarErrorData {
  readonly code: StatusCode
  readonly httpStatus: number
  readonly path?: string
  readonly reason: string
  readonly details?: unknown
  readonly issues?: readonly Issue[]
  /** Whole seconds after which it is worth trying again. */
  readonly retryAfterSeconds?: number
}

/** An error as the tRPC wire carries it; `code` is the JSON-RPC number. */
export interface AshlarErrorShape {
  readonly message: string
  readonly code: number
  readonly data: AshlarErrorData
}

type Procedure<Op> = Op extends AnyOperation
  ? Op['kind'] extends 'query'
    ? TRPCQueryProcedure<{ input: z.input<Op['input']>; output: z.output<Op['output']>; meta: unknown }>
    : Op['kind'] extends 'mutation'
      ? TRPCMutationProcedure<{ input: z.input<Op['input']>; output: z.output<Op['output']>; meta: unknown }>
      : TRPCSubscriptionProcedure<{
          input: z.input<Op['input']>
          output: AsyncIterable<Tracked<z.output<Op['output']>>, void, unknown>
          meta: unknown
        }>
  : never

type FailuresOf<C extends AnyContract> = { [Name in keyof C['operations']]: FailureOf<C['operations'][Name]> }[keyof C['operations']]
type Declared<Failure> = Failure extends Failed<infer Code, infer Data> ? { readonly reason: Code; readonly details: Data } : never
type Told<Failure> = Omit<AshlarErrorData, 'reason' | 'details'> &
  (Declared<Failure> | { readonly reason: PlatformReason; readonly details?: undefined })

/** The root of a router type; its errors are told apart by `data.reason`: declared ones carry their own `details`. */
type Root<Failure> = {
  ctx: object
  meta: object
  errorShape: Omit<AshlarErrorShape, 'data'> & { readonly data: Told<Failure> }
  transformer: false
}
type Procedures<C extends AnyContract> = { [Name in keyof C['operations']]: Procedure<C['operations'][Name]> }

/** The contract as a tRPC router type: what a plain `createTRPCClient` of one service is given. */
export type ContractRouter<C extends AnyContract> = TRPCBuiltRouter<Root<FailuresOf<C>>, Procedures<C>>

/** Several contracts as one tRPC router type: what a plain `createTRPCClient` of the gateway is given. */
export type GatewayRouter<Contracts extends Record<string, AnyContract>> = TRPCBuiltRouter<
  Root<{ [Name in keyof Contracts]: FailuresOf<Contracts[Name]> }[keyof Contracts]>,
  { [Name in keyof Contracts]: Procedures<Contracts[Name]> }
>
