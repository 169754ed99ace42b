import { httpStatusOf, platformReasons, type AnyBoundOperation, type z } from '@ashlar/contract'
import type { Case } from './cases.ts'
import type { Face, Said, WireAnswer } from './face.ts'
import { innerWordsIn } from './inner-words.ts'

/** How one case ended: under which word it is counted, and what is wrong with the answer. */
export interface Verdict {
  readonly outcome: string
  readonly faults: readonly string[]
}

/** Refusals that mean that nobody could answer just now; whoever asks knows what became of it. */
const timesOfNeed = new Set([503, 504])

/** Judges an answer by the contract: its form, its status, its value or its declared error; and that what is wrong was refused where it is wrong. */
export function judge(face: Face, { operation, one, answer }: { operation: AnyBoundOperation; one: Case; answer: WireAnswer }): Verdict {
  const said = face.read(answer)
  const inner = innerWordsIn(answer.text, said.kind === 'value' ? 'stacks' : 'everything')
  const shown = inner === undefined ? [] : [`the answer shows the insides: ${inner}`]
  switch (said.kind) {
    case 'unreadable':
      return { outcome: String(answer.status), faults: [...shown, `the answer cannot be read: ${said.why}`] }
    case 'nothing':
    case 'value':
      return { outcome: 'ok', faults: [...shown, ...goodAnswerFaults(face, { operation, one, answer }, said)] }
    case 'refusal':
      return { outcome: said.reason, faults: [...shown, ...refusalFaults({ operation, one, answer }, said)] }
  }
}

interface Judged {
  readonly operation: AnyBoundOperation
  readonly one: Case
  readonly answer: WireAnswer
}

function goodAnswerFaults(face: Face, { operation, one, answer }: Judged, said: Extract<Said, { kind: 'value' | 'nothing' }>): string[] {
  const expected = face.okStatus(operation)
  const read = said.kind === 'value' ? operation.output.safeParse(said.value) : undefined
  return [
    ...(answer.status === expected ? [] : [`it came with ${answer.status} instead of ${expected}`]),
    ...(one.wrongAt === undefined ? [] : [`it took an input that is wrong at ${placeOf(one.wrongAt)}`]),
    ...(read?.error === undefined ? [] : [`its value is not what the contract promises: ${issuesOf(read.error)}`]),
  ]
}

function refusalFaults({ operation, one, answer: { status } }: Judged, said: Extract<Said, { kind: 'refusal' }>): string[] {
  const { reason, details, issues } = said
  const declared = Object.hasOwn(operation.errors, reason) ? operation.errors[reason] : undefined
  const isKnown = declared !== undefined || (platformReasons as readonly string[]).includes(reason)
  if (!isKnown) return [`${status} ${reason} is neither declared nor a reason of the platform`]
  if (declared === undefined && timesOfNeed.has(status)) return []
  if (declared === undefined && status >= 500) return [`it answered ${status} ${reason}`]

  if (one.wrongAt !== undefined) {
    if (status !== 400 || reason !== 'invalid_input')
      return [`it answered ${status} ${reason} to an input that is wrong at ${placeOf(one.wrongAt)}, not 400 invalid_input`]
    const wanted = JSON.stringify(one.wrongAt)
    return issues.some((path) => JSON.stringify(path) === wanted)
      ? []
      : [`no issue names ${placeOf(one.wrongAt)}, but ${issues.map(placeOf).join(', ') || 'nothing'}`]
  }
  if (declared === undefined)
    return [`it refused a valid input: ${status} ${reason}${issues.length > 0 ? ` at ${issues.map(placeOf).join(', ')}` : ''}`]
  const data = declared.data?.safeParse(details)
  return [
    ...(httpStatusOf(declared.status) === status ? [] : [`${reason} came with ${status} instead of ${httpStatusOf(declared.status)}`]),
    ...(data?.error === undefined ? [] : [`the data of ${reason} is not what the contract promises: ${issuesOf(data.error)}`]),
  ]
}

function issuesOf(error: z.ZodError): string {
  return error.issues.map(({ path, message }) => `${placeOf(path)} ${message}`).join('; ')
}

function placeOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the whole' : path.map(String).join('.')
}
