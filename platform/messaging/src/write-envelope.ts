import { type AnyAnswer, type AnyBoundOperation, type BoundEvent, commandSubject, eventSubject, type VersionedData } from '@ashlar/contract'
import { currentContext, formatTraceparent, newTrace } from '@observability/telemetry'
import { isAttributeText, longestAttribute } from './attribute-text.ts'
import type { Envelope } from './envelope.ts'
import { newId } from './new-id.ts'
import { writeAnswer, type CarriedAnswer } from './carried-answer.ts'

/** A fact about to be announced. */
export interface EventToSend {
  /** Name of the service that sends it. */
  readonly service: string
  readonly event: BoundEvent
  /** What the contract's schema made of it: `aggregate` and `key` name fields of it. */
  readonly data: unknown
  /** Position in the aggregate's history, from 1. */
  readonly aggregateVersion: number
  /** Id of the message that caused it. */
  readonly causationId?: string | undefined
}

/** A deed about to be asked for. */
export interface CommandToSend {
  readonly service: string
  readonly operation: AnyBoundOperation
  readonly input: unknown
  /** What the command is about: the saga's id. */
  readonly subject: string
  readonly stepKey: string
  readonly replyTo?: string | undefined
  readonly causationId?: string | undefined
}

/** An answer about to be given to whoever sent `command`. */
export interface ReplyToSend {
  readonly service: string
  readonly command: Envelope
  readonly answer: AnyAnswer
}

/** Wraps an event; request and trace come from the current call, or start with it. Throws when the data lacks the aggregate's id or the key. */
export function eventEnvelope({ service, event, data, aggregateVersion, causationId }: EventToSend): Envelope {
  const subject = fieldOf(event, { data, field: event.aggregate })
  const partitionkey = fieldOf(event, { data, field: event.key })
  return envelope({
    source: `/${service}`,
    type: eventSubject(event),
    subject,
    data,
    partitionkey,
    aggregateversion: aggregateVersion,
    causationid: causationId,
  })
}

/** Gives the message that tells the fact of another in an earlier version of its event; `of` is the message one version later. */
export function earlierEnvelope(of: Envelope, { event, data }: VersionedData): Envelope {
  return { ...of, type: eventSubject(event), data, copyof: of.type }
}

/** Wraps a command to the service of `operation`, to be signed; request and trace come from the current call, or start with it. */
export function commandEnvelope({ service, operation, input, subject, stepKey, replyTo, causationId }: CommandToSend): Envelope {
  const parts = { source: `/${service}`, type: commandSubject(operation), subject, data: input, stepkey: stepKey }
  return envelope({ ...parts, replyto: replyTo, causationid: causationId })
}

/** Wraps the answer to a command, with the command's subject and step key, to be signed. Throws when the command wants no answer. */
export function replyEnvelope({ service, command, answer }: ReplyToSend): Envelope<CarriedAnswer> {
  if (command.replyto === undefined) throw new TypeError(`command ${command.type} ${command.id} asks for no reply`)
  return envelope({
    source: `/${service}`,
    type: command.replyto,
    subject: command.subject,
    data: writeAnswer(answer),
    stepkey: command.stepkey,
    causationid: command.id,
  })
}

type Given<Data> = { [Field in Exclude<keyof Envelope, 'id'>]?: Envelope[Field] | undefined } & Pick<
  Envelope<Data>,
  'source' | 'type' | 'subject' | 'data'
>

function envelope<Data>(given: Given<Data>): Envelope<Data> {
  const context = currentContext()
  const trace = context?.trace ?? newTrace()
  const whole = {
    specversion: '1.0',
    time: new Date().toISOString(),
    datacontenttype: 'application/json',
    traceparent: formatTraceparent(trace),
    tracestate: trace.state,
    requestid: context?.requestId ?? newId(),
    id: newId(),
    ...given,
  }
  // An attribute without a value is left out, so that the envelope is the same before and after it was JSON.
  return Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined)) as unknown as Envelope<Data>
}

function fieldOf(event: BoundEvent, { data, field }: { data: unknown; field: string }): string {
  const value = typeof data === 'object' && data !== null ? Reflect.get(data, field) : undefined
  if (typeof value !== 'string' && typeof value !== 'number') throw new TypeError(`the data of ${event.type} has no ${field}`)
  const text = String(value)
  // every consumer would refuse to read it
  if (text.length > longestAttribute || !isAttributeText(text))
    throw new TypeError(`the ${field} of ${event.type} can be no attribute of a message: it is too long, or holds control characters`)
  return text
}
