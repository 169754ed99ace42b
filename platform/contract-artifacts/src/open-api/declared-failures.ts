import { httpStatusOf, type AnyBoundOperation } from '@ashlar/contract'
import type { ContractShapes } from '../json-schema/contract-shapes.ts'
import { pascalCase } from '../json-schema/shape-names.ts'
import type { JsonSchema } from '../json-schema/json-schema.ts'

/** An error that an operation declares, ready to become a component. */
export interface DeclaredFailure {
  readonly code: string
  readonly status: AnyBoundOperation['errors'][string]['status']
  readonly httpStatus: number
  /** What names of its components begin with: `PlaceOrderUnknownProduct`. */
  readonly name: string
  /** Reference to the shape of its data, where it has any. */
  readonly data: JsonSchema | undefined
}

/** Lists the errors of an operation by HTTP status, both in order. */
export function declaredFailures(
  operation: AnyBoundOperation,
  { errors }: ContractShapes['operations'][string],
): ReadonlyMap<number, readonly DeclaredFailure[]> {
  const failures = Object.entries(operation.errors).map(([code, { status }]): DeclaredFailure => {
    const shape = errors[code]
    return {
      code,
      status,
      httpStatus: httpStatusOf(status),
      name: pascalCase(operation.name) + pascalCase(code),
      data: shape === undefined ? undefined : { $ref: `#/components/schemas/${shape}` },
    }
  })
  const inOrder = failures.toSorted((a, b) => a.httpStatus - b.httpStatus || (a.code < b.code ? -1 : 1))
  return Map.groupBy(inOrder, ({ httpStatus }) => httpStatus)
}
