import { defineContract, failed, mutation, subscription, tracked, z } from '@ashlar/contract'
import { wakeReaders } from '@ashlar/persistence'
import { local } from '../local.ts'
import { service, type ServiceDefinition } from '../service.ts'
import { streamed } from '../streamed.ts'

const Entry = z.object({ words: z.string() })

/** Keeps what customers write down, and lets each follow their own diary. */
export const diary = defineContract({
  name: 'diary',
  version: 1,
  operations: {
    write: mutation({ input: z.strictObject({ words: z.string() }), output: z.object({}), policy: { access: 'customer' } }),
    readOn: subscription({
      input: z.strictObject({}),
      output: Entry,
      errors: { never_written: { status: 'NOT_FOUND' } },
      policy: { access: 'customer' },
    }),
  },
})

export const diaryTables = `
  create table entries (customer text not null, position integer not null, words text not null, primary key (customer, position));`

/** What a test may do while a diary is read. */
export interface DiaryNeeds {
  reading: () => void
}

/** A diary ends with `the end`; whoever never wrote has none. */
export function diaryService(needs: DiaryNeeds = { reading: () => undefined }): ServiceDefinition {
  const write = local(diary.write, () => async ({ words }, { tx, customer }) => {
    await tx.query('insert into entries select $1, coalesce(max(position), 0) + 1, $2 from entries where customer = $1', [
      customer.id,
      words,
    ])
    wakeReaders(tx, customer.id)
    return {}
  })
  const readOn = streamed(diary.readOn, ({ reading }: DiaryNeeds) => ({
    topic: (_input, { customer }) => customer.id,
    async read(_input, { tx, customer, after, atMost }) {
      reading()
      const entries = await tx.query<{ position: number; words: string }>(
        'select position, words from entries where customer = $1 and position > $2 order by position limit $3',
        [customer.id, after, atMost],
      )
      if (after === 0 && entries.length === 0) return failed('never_written')
      const [end] = await tx.query('select 1 from entries where customer = $1 and position <= $2 and words = $3', [
        customer.id,
        entries.at(-1)?.position ?? after,
        'the end',
      ])
      return { items: entries.map(({ position, words }) => tracked(position, { words })), isOver: end !== undefined }
    },
  }))
  return service(diary, { operations: { write, readOn }, needs })
}
