/** The broker did not answer in time, or is away. The message may or may not have arrived: send it again under the same transport id. */
export class BrokerUnavailableError extends Error {
  override readonly name = 'BrokerUnavailableError'
  constructor(deed: string, options?: ErrorOptions) {
    super(`the broker is unavailable: ${deed}`, options)
  }
}

/** A stream that is needed is not there, and this user may not make it: its owner or the operator does. */
export class StreamMissingError extends BrokerUnavailableError {
  constructor(stream: string, cause: BrokerForbiddenError) {
    super(`there is no stream ${stream}, and user ${cause.user} may not make it`, { cause })
  }
}

/** No stream takes messages of this subject: the service that owns it has never run here, or the subject is misspelt. */
export class SubjectNotBoundError extends Error {
  override readonly name = 'SubjectNotBoundError'
  readonly subject: string
  constructor(subject: string, options?: ErrorOptions) {
    super(`no stream takes the subject ${subject}; start the service that owns it once, or check the spelling`, options)
    this.subject = subject
  }
}

/** A stream that refuses rather than forgets has no room left; it will again once its consumers catch up. */
export class StreamFullError extends Error {
  override readonly name = 'StreamFullError'
  constructor(subject: string, options?: ErrorOptions) {
    super(`the stream of ${subject} is full and takes no more`, options)
  }
}

/** The message is larger than its stream takes; it will never be taken. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError'
  constructor(subject: string, options?: ErrorOptions) {
    super(`a message on ${subject} is larger than its stream takes`, options)
  }
}

/**
 * The broker does not let this user publish or listen there. Who may do what is written in its configuration
 * (`natsPermissions`), so trying again does not help before that is changed.
 */
export class BrokerForbiddenError extends Error {
  override readonly name = 'BrokerForbiddenError'
  readonly subject: string
  readonly user: string
  constructor({ operation, subject, user }: Forbidden, options?: ErrorOptions) {
    super(`the broker does not let user ${user} ${operation === 'publish' ? 'publish on' : 'listen to'} ${subject}`, options)
    this.subject = subject
    this.user = user
  }
}

/** What a user may not do. */
export interface Forbidden {
  readonly operation: 'publish' | 'subscription'
  readonly subject: string
  readonly user: string
}

/** What the broker has under this name cannot become what is asked for; the message names both. */
export class BrokerDriftError extends Error {
  override readonly name = 'BrokerDriftError'
}

/** A payload is not a CloudEvent as the platform writes it; it never will be, so it is not tried again. */
export class EnvelopeInvalidError extends Error {
  override readonly name = 'EnvelopeInvalidError'
  constructor(problem: string) {
    super(`the message is no valid envelope: ${problem}`)
  }
}

/** Thrown by a handler that knows another attempt cannot help: the message becomes a dead letter at once, of this class. */
export class PermanentError extends Error {
  override readonly name: string = 'PermanentError'
}

/** A command or reply is not signed by the service that may send it, or is not as it was signed: somebody else made it, or changed it. */
export class SignatureRefusedError extends PermanentError {
  override readonly name = 'SignatureRefusedError'
}
