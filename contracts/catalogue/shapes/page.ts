import { z } from '@ashlar/contract'

/** Where the next page begins, as the page before told it; to be handed back unread. */
export const Cursor = z
  .string()
  .min(1)
  .max(500)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be a cursor as it was given')
export const PageLimit = z.int().min(1).max(100).default(20)
