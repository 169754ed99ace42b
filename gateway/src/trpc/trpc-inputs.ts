import type { AnyBoundOperation } from '@ashlar/contract'
import type { Incoming } from '../forward/incoming.ts'
import { FaultError } from '../http/fault-error.ts'
import { parseJson } from '../http/parse-json.ts'
import { readJson } from '../http/read-json.ts'
import { bodyLimitOf } from '../routes/rest-input.ts'
import type { NamedCalls } from './named-calls.ts'

const batchMaxBodyBytes = 262_144

/** Reads the inputs of the calls, in their order. Throws `invalid_json`, `body_too_large` or `unsupported_media_type`. */
export async function inputsOf(
  { request, target }: Incoming,
  { names, isBatch }: NamedCalls,
  operations: readonly AnyBoundOperation[],
): Promise<readonly unknown[]> {
  const limits = operations.map(bodyLimitOf)
  const given =
    request.method === 'GET'
      ? fromQuery(target.query.get('input'))
      : await readJson(request, isBatch ? Math.max(batchMaxBodyBytes, ...limits) : Math.max(...limits))
  if (!isBatch) return [given]
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    if (given === undefined) return names.map(() => undefined)
    throw new FaultError({ status: 400, code: 'invalid_json', detail: 'the inputs of a batch are an object: {"0":…,"1":…}' })
  }
  const byIndex = given as Record<string, unknown>
  return names.map((_name, at) => (Object.hasOwn(byIndex, at) ? byIndex[at] : undefined))
}

function fromQuery(input: string | null): unknown {
  return input === null ? undefined : parseJson(input)
}
