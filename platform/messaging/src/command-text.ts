import type { Envelope } from './envelope.ts'

/** What of a command must be as its sender wrote it. */
export type SignedParts = Pick<Envelope, 'source' | 'type' | 'subject' | 'data' | 'stepkey' | 'replyto'>

/**
 * Gives the text a command's signature covers, as JSON: the deed as well as its data, or a command to give something
 * back could be sent again as one to take it. Sender and receiver write it alike, before and after the journey.
 */
export function commandText({ source, type, subject, data, stepkey, replyto }: SignedParts): string {
  return JSON.stringify([source, type, subject, stepkey ?? null, replyto ?? null, data])
}
