import { describe, expect, it } from 'vitest'
import type { Transaction } from '@ashlar/persistence'
import { emitting, EventRefusedError } from './emitting.ts'
import { bank } from './testing/bank.ts'
import { club } from './testing/club.ts'

const moved = { account: 'a', amount: 1, balance: 1 }
const untouched: Transaction = {
  query: () => Promise.reject(new Error('nothing should be written')),
  afterCommit: () => undefined,
}
const announcing = () => emitting(bank, { who: 'bank.v1/deposit', allowed: bank.deposit.emits })

describe('what a handler announces', () => {
  it('costs nothing when it is nothing', async () => {
    await expect(announcing().flush(untouched)).resolves.toBeUndefined()
  })

  it('may be named by the declaration or by the contract', () => {
    const { emit } = announcing()
    emit(bank.events.moneyMoved, moved)
    emit(bank.events.moneyMoved.declared, moved)
    expect(() => emit(bank.events.accountLocked, { account: 'a' })).toThrow('list it under emits')
  })

  it('must be a fact of its own service', () => {
    const { emit } = announcing()
    expect(() => emit(club.events.memberSeen, { account: 'a', amount: 1 })).toThrow('announces only its own facts')
  })

  it('is refused at the end too, when the handler caught the first refusal', async () => {
    const { emit, flush } = announcing()
    expect(() => emit(bank.events.accountLocked, { account: 'a' })).toThrow(EventRefusedError)
    await expect(flush(untouched)).rejects.toThrow('list it under emits')
  })

  it('is refused once the handler has returned: it would be lost', async () => {
    const { emit, flush } = announcing()
    await flush(untouched)
    expect(() => emit(bank.events.moneyMoved, moved)).toThrow('after it had returned')
  })
})
