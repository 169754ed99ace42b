import type { StackAnswers } from './ask-stack.ts'
import type { Journeys } from './journeys.ts'
import type { SeenShop } from './seen-shop.ts'

/** What every test here looks at: a shop, what happened in it, and what saw it. */
export interface Seen extends SeenShop {
  readonly answers: StackAnswers
  readonly journeys: Journeys
}
