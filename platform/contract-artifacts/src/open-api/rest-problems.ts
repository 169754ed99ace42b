import { platformReasons, type AnyBoundOperation } from '@ashlar/contract'
import type { JsonSchema } from '../json-schema/json-schema.ts'
import type { DeclaredFailure } from './declared-failures.ts'
import type { FaceComponents } from './face-components.ts'
import { platformFailures } from './platform-failures.ts'

const text = { type: 'string' }
const problemFields = {
  detail: text,
  title: text,
  traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' },
  type: { type: 'string', format: 'uri' },
}
const required = ['code', 'detail', 'status', 'title', 'traceId', 'type']
const problemRef = { $ref: '#/components/schemas/Problem' }

/** What an operation may answer besides what it lists. */
export const anyOtherProblem = {
  description: 'Any other problem.',
  content: { 'application/problem+json': { schema: problemRef } },
}

/** Keeps the shape of any problem document. */
export function addProblem(components: FaceComponents): void {
  const part = components.add('ProblemPathPart', {
    oneOf: [text, { type: 'integer', format: 'int32' }],
    description: 'Name of a field, or place in a list.',
  })
  const issue = components.add('ProblemIssue', {
    type: 'object',
    properties: { message: text, path: { type: 'array', items: part } },
    required: ['message', 'path'],
  })
  components.add('Problem', {
    type: 'object',
    properties: {
      ...problemFields,
      code: { ...text, description: `A code that the operation declares, or one of the platform's: ${platformReasons.join(', ')}.` },
      issues: { type: 'array', items: issue, description: 'What is wrong with the request, under `invalid_input`.' },
      status: { type: 'integer', format: 'int32' },
    },
    required,
  })
}

/** Keeps the shapes of an operation's declared errors, and gives its answers by status, those of the platform among them. */
export function addProblems(
  operation: AnyBoundOperation,
  { declared, components }: { declared: ReadonlyMap<number, readonly DeclaredFailure[]>; components: FaceComponents },
): Record<string, object> {
  const ofPlatform = Map.groupBy(platformFailures(operation), ([status]) => status)
  const statuses = [...new Set([...ofPlatform.keys(), ...declared.keys()])].toSorted((a, b) => a - b)
  return Object.fromEntries(
    statuses.map((status) => {
      const own = declared.get(status) ?? []
      const codes = [...(ofPlatform.get(status) ?? []).map(([, code]) => code), ...own.map(({ code }) => code)]
      const problems = [...own.map((failure) => addDeclared(failure, components)), problemRef]
      const schema = problems.length === 1 ? problemRef : { anyOf: problems }
      return [
        status,
        { description: codes.join(', '), ...retryHeaders(status, codes), content: { 'application/problem+json': { schema } } },
      ]
    }),
  )
}

function addDeclared({ code, httpStatus, name, data }: DeclaredFailure, components: FaceComponents): JsonSchema {
  return components.add(`${name}Problem`, {
    type: 'object',
    properties: {
      ...problemFields,
      code: { type: 'string', const: code },
      ...(data === undefined ? {} : { data }),
      status: { type: 'integer', format: 'int32', const: httpStatus },
    },
    required: [...required, ...(data === undefined ? [] : ['data'])].toSorted(),
  })
}

function retryHeaders(status: number, codes: readonly string[]): object {
  if (status !== 429 && status !== 503 && !codes.includes('request_in_flight')) return {}
  return { headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer', format: 'int32' } } } }
}
