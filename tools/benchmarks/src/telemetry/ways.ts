/** One way of being seen, or not. */
export interface Way {
  readonly name: string
  readonly what: string
  /** What the two processes do of it themselves. */
  readonly own: Own
  /** What Node loads before them, if anything. */
  readonly preload: 'ours' | 'stock' | undefined
  readonly isHeard: boolean
}

/** `nothing`: no line is written, nothing is measured. `line`: only the line. `all`: spans, measurements and the line. */
export type Own = 'nothing' | 'line' | 'all'

/** What everything else is compared with. */
export const reference = 'off'

/** All of them; the first is the reference. */
export const ways: readonly Way[] = [
  { name: reference, what: 'no span, no measurement, no line', own: 'nothing', preload: undefined, isHeard: false },
  { name: 'measured', what: 'measurements and the line; no traces', own: 'all', preload: undefined, isHeard: false },
  { name: 'unheard', what: 'on, and nobody listens', own: 'all', preload: 'ours', isHeard: false },
  { name: 'on', what: 'traces, measurements, the line; traces and lines sent', own: 'all', preload: 'ours', isHeard: true },
  {
    name: 'stock',
    what: 'NodeSDK with the http and undici instrumentations, traces and metrics sent; the line, not sent',
    own: 'line',
    preload: 'stock',
    isHeard: true,
  },
]
