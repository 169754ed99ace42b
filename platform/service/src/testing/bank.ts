import { defineContract, event, failed, mutation, query, z } from '@ashlar/contract'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'
import { settled, type Result } from '../handlers.ts'
import { staged } from '../staged.ts'

const moneyMoved = event({
  version: 1,
  aggregate: 'account',
  key: 'account',
  data: z.object({ account: z.string(), amount: z.int(), balance: z.int() }),
})
const accountLocked = event({ version: 1, aggregate: 'account', key: 'account', data: z.object({ account: z.string() }) })
const errors = { too_little: { status: 'CONFLICT', data: z.object({ balance: z.int() }) } } as const
const moving = z.strictObject({ account: z.string(), amount: z.int().min(1) })
const receipt = z.object({ receipt: z.string(), balance: z.int() })

/** Keeps accounts; `payOut` asks an outside world to hand out the notes. */
export const bank = defineContract({
  name: 'bank',
  version: 1,
  operations: {
    deposit: mutation({ input: moving, output: receipt, policy: { access: 'customer', idempotency: 'key' }, emits: [moneyMoved] }),
    payOut: mutation({
      input: moving,
      output: receipt,
      errors,
      policy: { access: { services: ['cafe', 'bank'] }, idempotency: 'key' },
      emits: [moneyMoved],
    }),
    giveBack: mutation({
      input: moving,
      output: receipt,
      policy: { access: { services: ['cafe'] }, idempotency: 'key' },
      emits: [moneyMoved],
    }),
    greet: mutation({ input: z.strictObject({}), output: z.object({ key: z.string() }), policy: { access: 'open' } }),
    getBalance: query({
      input: z.strictObject({ account: z.string() }),
      output: z.object({ balance: z.int() }),
      policy: { access: 'open' },
    }),
  },
  events: { moneyMoved, accountLocked },
})

export const bankTables = `
  create table accounts (account text primary key, balance integer not null);
  create table movements (step_key text primary key, account text not null, amount integer not null, state text not null);`

/** What a test may do in the middle of a deed, and the world outside. */
export interface BankNeeds {
  /** Called in the transaction of a deposit, after the money was booked; what it gives replaces the answer. */
  booked: (told: { account: string; emit: (event: never, data: never) => void }) => Promise<unknown>
  /** Called in the last transaction of a payment. */
  settling: (account: string) => Promise<void>
  world: World
}

/** The world outside: hands out notes, once per key. */
export class World {
  readonly handedOut = new Map<string, number>()
  readonly asked: string[] = []
  /** Called before notes are handed out; may wait, throw or look at the signal. */
  before: (signal: AbortSignal) => Promise<void> = () => Promise.resolve()

  async handOut(key: string, amount: number, signal: AbortSignal): Promise<void> {
    this.asked.push(key)
    if (this.handedOut.has(key)) return
    await this.before(signal)
    this.handedOut.set(key, amount)
  }

  total(): number {
    return [...this.handedOut.values()].reduce((sum, amount) => sum + amount, 0)
  }
}

export function quietBank(): BankNeeds {
  return { booked: () => Promise.resolve(undefined), settling: () => Promise.resolve(), world: new World() }
}

type Tx = { query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> }

async function book(tx: Tx, { account, amount, stepKey }: { account: string; amount: number; stepKey: string }): Promise<number> {
  await tx.query('insert into movements (step_key, account, amount, state) values ($1, $2, $3, $4)', [stepKey, account, amount, 'done'])
  return add(tx, account, amount)
}

async function add(tx: Tx, account: string, amount: number): Promise<number> {
  const [row] = await tx.query<{ balance: number }>(
    `insert into accounts as kept (account, balance) values ($1, $2)
     on conflict (account) do update set balance = kept.balance + excluded.balance returning balance`,
    [account, amount],
  )
  return row?.balance ?? 0
}

async function balanceOf(tx: Tx, account: string): Promise<number> {
  const [row] = await tx.query<{ balance: number }>('select balance from accounts where account = $1', [account])
  return row?.balance ?? 0
}

async function movementOf(tx: Tx, stepKey: string): Promise<string | undefined> {
  const [row] = await tx.query<{ state: string }>('select state from movements where step_key = $1 for update', [stepKey])
  return row?.state
}

const deposit = local(bank.deposit, (needs: BankNeeds) => async ({ account, amount }, { tx, emit, stepKey }) => {
  const balance = await book(tx, { account, amount, stepKey })
  emit(moneyMoved, { account, amount, balance })
  const instead = await needs.booked({ account, emit })
  return (instead ?? { receipt: stepKey, balance }) as Result<typeof bank.deposit>
})

const giveBack = local(bank.giveBack, () => async ({ account, amount }, { tx, emit, stepKey }) => {
  if ((await movementOf(tx, stepKey)) === undefined) {
    const balance = await book(tx, { account, amount, stepKey })
    emit(moneyMoved, { account, amount, balance })
  }
  return { receipt: stepKey, balance: await balanceOf(tx, account) }
})

const payOut = staged(bank.payOut, (needs: BankNeeds) => ({
  async open({ account, amount }, { tx, stepKey }) {
    const known = await movementOf(tx, stepKey)
    if (known === 'done') return settled({ receipt: stepKey, balance: await balanceOf(tx, account) })
    const balance = await balanceOf(tx, account)
    if (balance < amount) return settled(failed('too_little', { balance }))
    if (known === undefined)
      await tx.query('insert into movements (step_key, account, amount, state) values ($1, $2, $3, $4)', [
        stepKey,
        account,
        -amount,
        'open',
      ])
    return { account, amount }
  },
  effect: ({ amount }, { key, signal }) => needs.world.handOut(key, amount, signal),
  async complete({ account, amount }, _outcome, { tx, emit, stepKey }) {
    if ((await movementOf(tx, stepKey)) === 'open') {
      await tx.query(`update movements set state = 'done' where step_key = $1`, [stepKey])
      const balance = await add(tx, account, -amount)
      emit(moneyMoved, { account, amount: -amount, balance })
    }
    await needs.settling(account)
    return { receipt: stepKey, balance: await balanceOf(tx, account) }
  },
}))

const greet = staged(bank.greet, () => ({
  effect: (_input, { key }) => Promise.resolve(key),
  complete: (_input, key) => Promise.resolve({ key }),
}))

const getBalance = local(bank.getBalance, () => async ({ account }, { tx }) => ({ balance: await balanceOf(tx, account) }))

/** The bank, ready to be served. */
export function bankService(needs: BankNeeds): ServiceDefinition {
  return service(bank, { operations: { deposit, payOut, giveBack, greet, getBalance }, needs })
}
