import type { DeadLetter, DeadLetters } from '@ashlar/messaging'
import { called } from '../command-line.ts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { amongst, withDeadLetters } from '../dead-letters.ts'

/** Sends dead letters once more, each to the consumer that failed and no other. */
export const dlqRetry: Command = {
  words: ['dlq', 'retry'],
  parameters: '<id> … | --class <error class> [--service <name>]',
  takes: 'many',
  summary: 'send a message once more to the consumer that failed',
  options: {
    class: { kind: 'string', help: 'all messages that failed this way' },
    service: { kind: 'string', help: 'with --class: only those of one service' },
    'dry-run': { kind: 'boolean', help: 'only say which they are' },
  },
  async run(request) {
    const { parameters: ids, options, print } = request
    const errorClass = textOption(request, 'class')
    const service = textOption(request, 'service')
    if (ids.length === 0 && errorClass === undefined) throw new UsageError('say which: an id from dlq list, or --class')
    if (ids.length > 0 && service !== undefined) throw new UsageError('--service goes with --class; an id needs none')
    await withDeadLetters(async (letters) => {
      const chosen = await choose(letters, { ids, errorClass, service })
      const say = (word: string) => (letter: DeadLetter) =>
        print(`${word} ${letter.id}   ${letter.subject} → ${letter.service}/${letter.consumer}`)
      if (chosen.length === 0) print('Nothing to send.')
      else if (options['dry-run'] === true) chosen.forEach(say('would send'))
      // letters of one stream go in the order they failed in, so that a held key is released in order
      else await letters.retryAll({ isMeant: amongst(chosen), onDone: say('sent'), ...(service === undefined ? {} : { service }) })
    })
  },
}

interface Choice {
  readonly ids: readonly string[]
  readonly errorClass: string | undefined
  readonly service: string | undefined
}

async function choose(letters: DeadLetters, { ids, errorClass, service }: Choice): Promise<DeadLetter[]> {
  const known = await letters.list(service === undefined ? {} : { service })
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
