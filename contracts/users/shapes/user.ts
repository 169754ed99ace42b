import { z } from '@ashlar/contract'

export const UserId = z.uuid()
export const Email = z.email('must be an email address').max(254)
export const Password = z.string().min(8).max(200)
export const PersonName = z
  .string()
  .min(1)
  .max(100)
  // something one can see: spaces come in many kinds, some of no width. One pattern, since Python's models join two by what
  // its own expressions can do, and those know no classes of Unicode
  .regex(/^\P{Cc}*[\p{L}\p{N}\p{P}\p{S}]\P{Cc}*$/u, 'must not be blank, nor contain control characters')

/** A registered customer, as the customer and trusted services see them. */
export const User = z.object({ id: UserId, email: z.string(), name: z.string(), createdAt: z.iso.datetime() }).meta({ id: 'User' })
export type User = z.output<typeof User>
