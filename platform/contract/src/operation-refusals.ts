import type { ContractProblem } from './contract-refused.ts'
import { deprecationProblems, fieldDeprecationProblems } from './deprecation-refusals.ts'
import type { Draft } from './draft.ts'
import { bareEvent, type AnyEvent } from './event.ts'
import { nameProblems, twinProblems } from './name-refusals.ts'
import type { AnyOperation } from './operation.ts'
import { policyProblems } from './policy-refusals.ts'
import { restProblems } from './rest-refusals.ts'
import { schemaProblems } from './schema-refusals.ts'
import { statusCodes } from './status-code.ts'
import { isSchema, shapesOf } from './walk-schema.ts'

/** Lists what is wrong with each operation by itself and with their names together. */
export function operationProblems({ name: contract, version, operations, events }: Draft): ContractProblem[] {
  const listed = new Set(Object.values(events).map(bareEvent))
  const others = Object.keys(operations)
  const problems = Object.entries(operations).flatMap(([name, operation]) => {
    const path = `operations.${name}`
    return [
      ...nameProblems('operation', name, path),
      ...schemaProblems(operation.input, `${path}.input`),
      ...schemaProblems(operation.output, `${path}.output`),
      ...errorProblems(operation, `${path}.errors`),
      ...policyProblems(operation, path),
      ...resumeProblems(operation, `${path}.input`),
      ...emitProblems(operation.emits, listed, `${path}.emits`),
      ...restProblems(operation, path),
      ...deprecationProblems(
        { deprecation: operation.deprecated, name, others, contract: { name: contract, version } },
        `${path}.deprecated`,
      ),
      ...fieldDeprecationProblems(operation.input, `${path}.input`),
      ...fieldDeprecationProblems(operation.output, `${path}.output`),
    ]
  })
  return [...problems, ...twinProblems(Object.keys(operations), (name) => `operations.${name}`)]
}

/** A typed client puts the id it resumes after among the input's fields; it is taken out before the input is read. */
function resumeProblems({ kind, input }: AnyOperation, path: string): ContractProblem[] {
  if (kind !== 'subscription' || !isSchema(input)) return []
  const shapes = shapesOf(input)
  return [
    ...(shapes.length > 0 ? [] : [{ path, problem: 'a subscription is asked for by named fields', hint: 'use z.strictObject({ … })' }]),
    ...(shapes.some((shape) => shape['lastEventId'] !== undefined)
      ? [{ path: `${path}.lastEventId`, problem: 'this name is taken: it says where a caller resumes', hint: 'leave it out' }]
      : []),
  ]
}

function errorProblems({ errors }: AnyOperation, path: string): ContractProblem[] {
  const codes = Object.keys(errors)
  const problems = Object.entries(errors).flatMap(([code, { status, data }]) => [
    ...nameProblems('errorCode', code, `${path}.${code}`),
    ...(Object.hasOwn(statusCodes, status)
      ? []
      : [{ path: `${path}.${code}.status`, problem: `"${status}" is no status code`, hint: 'use one of statusCodes, as in CONFLICT' }]),
    ...(data === undefined
      ? []
      : [...schemaProblems(data, `${path}.${code}.data`), ...fieldDeprecationProblems(data, `${path}.${code}.data`)]),
  ])
  return [...problems, ...twinProblems(codes, (code) => `${path}.${code}`)]
}

function emitProblems(emits: readonly AnyEvent[], listed: ReadonlySet<AnyEvent>, path: string): ContractProblem[] {
  const bare = emits.map(bareEvent)
  return bare.flatMap((event, index) => [
    ...(listed.has(event)
      ? []
      : [{ path: `${path}[${index}]`, problem: 'the contract does not list this event', hint: 'add it to events of the same contract' }]),
    ...(bare.indexOf(event) === index ? [] : [{ path: `${path}[${index}]`, problem: 'the event is listed twice', hint: 'list it once' }]),
  ])
}
