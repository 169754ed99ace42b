import type { Transaction } from '@ashlar/service'
import { expect, it } from 'vitest'
import type { User } from '../domain/user.ts'
import type { UserStore } from '../ports.ts'

const userNumber = (n: number, email: string): User => ({
  id: `01935b00-0000-7000-8000-00000000000${n}`,
  email,
  name: 'Ada Lovelace',
  createdAt: '2026-01-01T12:00:00.123Z',
})

/** What every user store does. `inTransaction` runs work as the adapter's own database would. */
export function userStoreSuite(
  store: UserStore,
  inTransaction: <Result>(work: (tx: Transaction) => Promise<Result>) => Promise<Result>,
): void {
  it('finds what was kept, whole, and the address as it was given', async () => {
    const ada = userNumber(1, 'Ada@Example.com')
    expect(await inTransaction((tx) => store.insert(tx, ada, 'hash'))).toBe('kept')
    expect(await inTransaction((tx) => store.find(tx, ada.id))).toEqual(ada)
  })

  it('finds nobody for another id', async () => {
    expect(await inTransaction((tx) => store.find(tx, '01935b00-0000-7000-8000-00000000ffff'))).toBeUndefined()
  })

  it('gives an address to one account, whatever its letter case', async () => {
    const bob = userNumber(2, 'bob@example.com')
    await inTransaction((tx) => store.insert(tx, bob, 'hash of Bob'))
    const other = userNumber(3, 'BOB@example.com')
    expect(await inTransaction((tx) => store.insert(tx, other, 'hash'))).toBe('email_taken')
    expect(await inTransaction((tx) => store.find(tx, other.id))).toBeUndefined()
    const found = await inTransaction((tx) => store.credentialsOf(tx, 'Bob@Example.com'))
    expect(found).toEqual({ userId: bob.id, passwordHash: 'hash of Bob' })
  })

  it('has no credentials for an address it does not know', async () => {
    expect(await inTransaction((tx) => store.credentialsOf(tx, 'nobody@example.com'))).toBeUndefined()
  })

  it('renews the hash it is told of, and no other', async () => {
    const cleo = userNumber(4, 'cleo@example.com')
    await inTransaction((tx) => store.insert(tx, cleo, 'cheap'))
    const hashNow = async () => (await inTransaction((tx) => store.credentialsOf(tx, cleo.email)))?.passwordHash
    await inTransaction((tx) => store.renewHash(tx, { userId: cleo.id, passwordHash: 'cheap' }, 'costly'))
    expect(await hashNow()).toBe('costly')
    await inTransaction((tx) => store.renewHash(tx, { userId: cleo.id, passwordHash: 'cheap' }, 'late'))
    expect(await hashNow()).toBe('costly')
  })
}
