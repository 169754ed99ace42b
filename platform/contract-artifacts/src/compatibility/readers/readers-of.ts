import { kebabCase } from '@ashlar/contract'
import type { Change, Reader } from '../finding.ts'
import type { Step } from '../schemas/difference.ts'
import type { Conversation } from './conversations.ts'

/** Gives the consumers whose pacts read, or send, what changed. */
export function readersOf(change: Change, conversations: readonly Conversation[]): readonly Reader[] {
  // pacts speak JSON: who reads protobuf is not known from them
  if (change.aspect.startsWith('protobuf ')) return []
  const concerned = conversations.filter((conversation) => isAbout(conversation, change) && touches(conversation, change))
  const consumers = [...new Set(concerned.map(({ consumer }) => consumer))].toSorted()
  return consumers.map((consumer) => ({
    consumer,
    interactions: concerned.filter((one) => one.consumer === consumer).map(({ description }) => description),
  }))
}

function isAbout({ about }: Conversation, { contract, place }: Change): boolean {
  const [name, version] = contract.split('.')
  if (place.part === 'contract') return about.startsWith(`${contract}/`) || (about.startsWith(`${name}.`) && about.endsWith(`.${version}`))
  if (place.part === 'event' || place.part === 'data') return about === place.subject
  return about === `${contract}/${place.operation}` || about === `${name}.${kebabCase(place.operation)}.command.${version}`
}

function touches(conversation: Conversation, { place, path, aspect }: Change): boolean {
  // what is not there yet, or need not be, concerns all who handle what holds it
  const isMissing = aspect === 'added' || (place.part === 'input' && aspect === 'required')
  const reached = isMissing ? path.slice(0, -1) : path
  switch (place.part) {
    case 'contract':
    case 'operation':
    case 'event':
      return true
    case 'input':
      return 'sent' in conversation && reaches(conversation.sent, reached)
    case 'output':
    case 'data':
      return 'read' in conversation && reaches(conversation.read, reached)
    case 'error':
      return conversation.refusedWith?.code === place.code && (path.length === 0 || reaches(conversation.refusedWith.data, reached))
  }
}

/** Whether a recorded value has something at a path; a pact holds no more than what its consumer reads. */
function reaches(value: unknown, path: readonly Step[]): boolean {
  const [step, ...further] = path
  if (step === undefined) return value !== undefined
  if (step.kind === 'option') return reaches(value, further)
  if (step.kind === 'items' && Array.isArray(value)) return value.some((one) => reaches(one, further))
  if (step.kind === 'at' && Array.isArray(value)) return reaches(value[step.position], further)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const fields = value as Record<string, unknown>
  if (step.kind === 'field') return Object.hasOwn(fields, step.name) && reaches(fields[step.name], further)
  return step.kind === 'names'
    ? Object.keys(fields).length > 0
    : step.kind === 'rest' && Object.values(fields).some((one) => reaches(one, further))
}
