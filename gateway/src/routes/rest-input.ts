import type { IncomingMessage } from 'node:http'
import type { AnyBoundOperation, Issue } from '@ashlar/contract'
import type { CanonicalTarget } from '../http/canonical-target.ts'
import { FaultError } from '../http/fault-error.ts'
import { readJson } from '../http/read-json.ts'
import type { Found } from './compile-routes.ts'

const defaultMaxBodyBytes = 65_536

/** Gives how large a body an operation accepts, in bytes: what its contract hints, else 64 KiB. */
export function bodyLimitOf({ hints }: AnyBoundOperation): number {
  return hints.maxBodyBytes ?? defaultMaxBodyBytes
}

/** Gathers an operation's input from path, query and body. The service checks it against the contract; here only what REST adds is refused. */
export async function restInput(request: IncomingMessage, target: CanonicalTarget, { route, parameters }: Found): Promise<object> {
  const query = route.readQuery(target.query)
  if (query.issues.length > 0) throw invalid(query.issues)
  const body = route.hasBody ? ((await readJson(request, bodyLimitOf(route.operation))) ?? {}) : {}
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw invalid([{ path: [], message: 'the body must be a JSON object' }])
  const twice = Object.keys(body).filter((field) => Object.hasOwn(parameters, field))
  if (twice.length > 0)
    throw invalid(twice.map((field) => ({ path: [field], message: 'is part of the address: leave it out of the body' })))
  return { ...body, ...query.fields, ...parameters }
}

function invalid(issues: readonly Issue[]): FaultError {
  return new FaultError({
    status: 400,
    code: 'invalid_input',
    detail: 'the input is not valid: issues says for each field what is wrong with it',
    issues,
  })
}
