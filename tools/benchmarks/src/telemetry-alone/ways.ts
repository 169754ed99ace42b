/** What of being seen is done for a call. */
export type Part = 'spans' | 'measurements' | 'line'

/** Some of it, alone or together. */
export interface Way {
  readonly name: string
  readonly what: string
  readonly parts: readonly Part[]
  /** Whether what is recorded is sent to somebody. */
  readonly isHeard: boolean
}

/** What everything else is compared with. */
export const reference = 'nothing'

/** All of them; the first is the reference. */
export const ways: readonly Way[] = [
  { name: reference, what: 'the loop', parts: [], isHeard: false },
  { name: 'spans', what: 'the span of either side, its ids in a header between them; sent', parts: ['spans'], isHeard: true },
  { name: 'measurements', what: 'the duration on either side', parts: ['measurements'], isHeard: false },
  { name: 'line', what: 'the line of the side that answers, to standard output', parts: ['line'], isHeard: false },
  { name: 'line-sent', what: 'the same, sent too', parts: ['line'], isHeard: true },
  { name: 'all', what: 'all of it, all sent', parts: ['spans', 'measurements', 'line'], isHeard: true },
]
