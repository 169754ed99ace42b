import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import { openSession } from '../domain/session.ts'
import type { SessionStore } from '../ports.ts'

/** The user whose sessions these are; a store that knows users must know this one. */
export const owner = '01935b00-0000-7000-8000-00000000000a'

export const opened = new Date('2026-01-01T12:00:00.000Z')
export const later = new Date('2026-01-02T12:00:00.000Z')
const afterItsEnd = new Date('2026-02-01T12:00:00.000Z')

export const sessionNumber = (n: number) => openSession({ id: `01935b00-0001-7000-8000-00000000000${n}`, userId: owner, at: opened })
export const digest = (text: string): string => Buffer.from(text.padEnd(32)).toString('hex')

/** What every session store does. `inTransaction` runs work as the adapter's own database would. */
export function sessionStoreSuite(
  store: SessionStore,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  const exchange = (presented: string, next: string, at = later) =>
    inTransaction((tx) => store.rotate(tx, { presented: digest(presented), next: digest(next), at }))
  const open = (n: number, first: string) => inTransaction((tx) => store.open(tx, sessionNumber(n), digest(first)))

  it('exchanges each token once for the next', async () => {
    await open(1, 'a1')
    const session = { id: sessionNumber(1).id, userId: owner }
    expect(await exchange('a1', 'a2')).toEqual(session)
    expect(await exchange('a2', 'a3')).toEqual(session)
    expect(await exchange('a1', 'a4')).toBeUndefined()
    expect(await exchange('a4', 'a5')).toBeUndefined()
  })

  it('gives one of two who come with the same token the session', async () => {
    await open(2, 'b1')
    const both = await Promise.all([exchange('b1', 'b2'), exchange('b1', 'b3')])
    expect(both.filter((session) => session !== undefined)).toHaveLength(1)
  })

  it('does not know a token it never gave', async () => {
    expect(await exchange('never', 'c1')).toBeUndefined()
    expect(await inTransaction((tx) => store.revokeReused(tx, digest('never'), later))).toBeUndefined()
  })

  it('revokes the whole session when a spent token comes again, once', async () => {
    await open(3, 'd1')
    const reuse = (token: string) => inTransaction((tx) => store.revokeReused(tx, digest(token), later))
    expect(await reuse('d1')).toBeUndefined()
    await exchange('d1', 'd2')
    expect(await reuse('d1')).toBe(sessionNumber(3).id)
    expect(await exchange('d2', 'd3')).toBeUndefined()
    expect(await reuse('d1')).toBeUndefined()
  })

  it('lets a user end their own session, not another’s', async () => {
    await open(4, 'e1')
    const { id } = sessionNumber(4)
    await inTransaction((tx) => store.revoke(tx, { id, userId: '01935b00-0000-7000-8000-00000000000b' }, later))
    expect(await exchange('e1', 'e2')).toBeDefined()
    await inTransaction((tx) => store.revoke(tx, { id, userId: owner }, later))
    expect(await exchange('e2', 'e3')).toBeUndefined()
  })

  it('lets no session outlive its end', async () => {
    await open(5, 'f1')
    expect(await exchange('f1', 'f2', sessionNumber(5).expiresAt)).toBeUndefined()
    expect(await exchange('f1', 'f2')).toBeDefined()
  })

  it('forgets what is over, and nothing before', async () => {
    await open(6, 'g1')
    await exchange('g1', 'g2')
    expect(await inTransaction((tx) => store.forgetExpired(tx, later))).toBe(0)
    expect(await inTransaction((tx) => store.forgetExpired(tx, afterItsEnd))).toBeGreaterThan(0)
    expect(await inTransaction((tx) => store.forgetExpired(tx, afterItsEnd))).toBe(0)
    expect(await inTransaction((tx) => store.revokeReused(tx, digest('g1'), later))).toBeUndefined()
  })
}
