import type { Pinned } from '../obtain/cached.ts'
import type { Way } from '../obtain/ways.ts'

/** A tool's version, where it is looked for, and how it is made where it is nowhere. */
export interface ToolPin {
  readonly pinned: Pinned
  readonly looks: readonly Way[]
  readonly makes: readonly Way[]
}
