/** One thing done while a system starts, for the person who waits. */
export interface Step {
  /** `done`, or `absent` for what the system does without. */
  readonly outcome: 'done' | 'absent'
  /** What: `PostgreSQL 18.4`. */
  readonly what: string
  /** How or whence: `from npm`. */
  readonly how: string
  /** Where it listens, if anywhere. */
  readonly where?: string
  readonly tookMs?: number
}
