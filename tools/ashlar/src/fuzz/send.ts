import { setTimeout as pause } from 'node:timers/promises'
import type { WireAnswer, WireRequest } from './face.ts'

const patienceMs = 30_000
const mostWaits = 3
const longestWaitSeconds = 30

/** Sends a request and reads its answer whole; one that is told to come later does so, three times. Throws where none comes. */
export async function send(url: URL, request: WireRequest): Promise<WireAnswer> {
  for (let waits = 0; ; waits += 1) {
    const { method, target, headers, body } = request
    const response = await fetch(new URL(target, url), {
      method,
      headers,
      ...(body === undefined ? {} : { body }),
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = await response.text()
    const later = Number(response.headers.get('retry-after'))
    if (response.status !== 429 || waits === mostWaits || !(later > 0)) return { status: response.status, text }
    await pause(Math.min(later, longestWaitSeconds) * 1_000)
  }
}
