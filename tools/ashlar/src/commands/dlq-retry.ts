import type { DeadLetter, DeadLetters } from '@ashlar/messaging'
import { called } from '../command-line.ts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { withDeadLetters } from '../dead-letters.ts'

/** Sends dead letters once more, each to the consumer that failed and no other. */
export const dlqRetry: Command = {
  words: ['dlq', 'retry'],
  parameters: '<id> … | --class <error class>',
  takes: 'many',
  summary: 'send a message once more to the consumer that failed',
  options: {
    class: { kind: 'string', help: 'all messages that failed this way' },
    'dry-run': { kind: 'boolean', help: 'only say which they are' },
  },
  async run(request) {
    const { parameters: ids, options, print } = request
    const errorClass = textOption(request, 'class')
    if (ids.length === 0 && errorClass === undefined) throw new UsageError('say which: an id from dlq list, or --class')
    await withDeadLetters(async (letters) => {
      const chosen = await choose(letters, { ids, errorClass })
      // letters of one stream go in the order they failed in, so that a held key is released in order
      for (const { id, service, consumer, subject } of chosen) {
        if (options['dry-run'] !== true) await letters.retry(id)
        print(`${options['dry-run'] === true ? 'would send' : 'sent'} ${id}   ${subject} → ${service}/${consumer}`)
      }
      if (chosen.length === 0) print('Nothing to send.')
    })
  },
}

interface Choice {
  readonly ids: readonly string[]
  readonly errorClass: string | undefined
}

async function choose(letters: DeadLetters, { ids, errorClass }: Choice): Promise<DeadLetter[]> {
  const known = await letters.list()
  const missing = ids.filter((id) => !known.some((letter) => letter.id === id))
  if (missing.length > 0) {
    const unreadable = (await letters.unreadable()).find(({ id }) => missing.includes(id))
    throw new RefusedError(
      unreadable === undefined
        ? `there is no dead letter ${missing.join(', ')}: see ${called} dlq list`
        : `${unreadable.id} cannot be sent again, nobody could tell to whom: ${unreadable.problem}`,
    )
  }
  return known.filter(({ id, errorClass: failedAs }) => ids.includes(id) || failedAs === errorClass)
}
