import { defineContract, event, z } from '@ashlar/contract'
import type { ReactionContext, ReactionEffectContext } from '../handlers.ts'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'
import { staged } from '../staged.ts'
import { bank } from './bank.ts'

const memberSeen = event({ version: 1, aggregate: 'account', key: 'account', data: z.object({ account: z.string(), amount: z.int() }) })

/** Watches what its members do at the bank, in every order there is. */
export const club = defineContract({ name: 'club', version: 1, operations: {}, events: { memberSeen } })

export const clubTables =
  'create table seen (id serial primary key, reaction text not null, account text not null, version integer not null)'

type Moved = { readonly account: string; readonly amount: number }

/** What a test may do in the middle of a reaction. */
export interface ClubNeeds {
  /** Called in the transaction of each reaction, after its row was written. */
  noting: (reaction: string, moved: Moved) => Promise<void>
  /** What happens outside in a staged reaction. */
  telling: (reaction: string, moved: Moved, context: ReactionEffectContext) => Promise<void>
}

export function quietClub(): ClubNeeds {
  return { noting: () => Promise.resolve(), telling: () => Promise.resolve() }
}

type Context = ReactionContext & { readonly tx: { query(text: string, values: readonly unknown[]): Promise<object[]> } }

async function note(needs: ClubNeeds, reaction: string, { moved, context }: { moved: Moved; context: Context }): Promise<void> {
  const { tx, aggregateVersion } = context
  await tx.query('insert into seen (reaction, account, version) values ($1, $2, $3)', [reaction, moved.account, aggregateVersion])
  await needs.noting(reaction, moved)
}

const { moneyMoved } = bank.events
const onMoneyNoted = local(moneyMoved, (needs: ClubNeeds) => async (moved, context) => {
  context.emit(memberSeen, { account: moved.account, amount: moved.amount })
  await note(needs, 'noted', { moved, context })
})
const onMoneyLatest = local(moneyMoved, (needs: ClubNeeds) => (moved, context) => note(needs, 'latest', { moved, context }), {
  order: 'latest',
})
const onMoneyStrict = local(moneyMoved, (needs: ClubNeeds) => (moved, context) => note(needs, 'strict', { moved, context }), {
  order: 'strict',
  maxAttempts: 4,
})
const onMoneyTold = staged(
  moneyMoved,
  (needs: ClubNeeds) => ({
    effect: (moved: Moved, context) => needs.telling('told', moved, context),
    complete: (moved, _told, context) => note(needs, 'told', { moved, context }),
  }),
  { order: 'strict' },
)

/** The club, ready to be served. */
export function clubService(needs: ClubNeeds): ServiceDefinition {
  return service(club, { operations: {}, reactions: { onMoneyNoted, onMoneyLatest, onMoneyStrict, onMoneyTold }, needs })
}
