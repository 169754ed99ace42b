import type { Buried } from './bury.ts'

/** Whether a consumer's dead letters find their place. */
export interface Burials {
  /** Takes note of how a burial went. */
  note(buried: Buried): void
  /** Why the consumer can set nothing aside, and what to do; `undefined` while it can. */
  readonly problem: string | undefined
}

// Three times as long as a message that could not be buried waits for its next turn: by then another instance has
// buried it, or the note is renewed.
const believedForMs = 90_000

/** Watches over burials: the latest tells, and one that failed is believed until there is room or it is old. */
export function watchBurials(now: () => number = () => performance.now()): Burials {
  let failed: { readonly reason: string; readonly at: number } | undefined
  return {
    note(buried) {
      failed = buried.ok ? undefined : { reason: buried.reason, at: now() }
    },
    get problem() {
      return failed === undefined || now() - failed.at > believedForMs ? undefined : failed.reason
    },
  }
}
