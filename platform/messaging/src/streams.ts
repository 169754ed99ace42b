import { waitingList, type StreamSpec } from '@ashlar/contract'

const mebibyte = 1024 * 1024

/** Gives the stream that keeps a service's dead letters until somebody retries them. */
export function deadLetterStream(serviceName: string): StreamSpec {
  const letters = waitingList(`DEAD_LETTERS_${serviceName}`, { subjects: [`dlq.${serviceName}.*`], maxBytes: 64 * mebibyte })
  return { ...letters, retention: 'limits', maxMessageBytes: mebibyte }
}
