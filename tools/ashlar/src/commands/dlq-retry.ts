import { openDeadLetters } from '@ashlar/messaging'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { brokerUrl } from '../running-shop.ts'

/** Sends dead letters once more, each to the consumer that failed and no other. */
export const dlqRetry: Command = {
  words: ['dlq', 'retry'],
  parameters: '<id> … | --class <error class>',
  summary: 'send a message once more to the consumer that failed',
  options: {
    class: { kind: 'string', help: 'all messages that failed this way' },
    'dry-run': { kind: 'boolean', help: 'only say which they are' },
  },
  async run(request) {
    const { parameters, options, print } = request
    const errorClass = textOption(request, 'class')
    if (parameters.length === 0 && errorClass === undefined) throw new UsageError('say which: an id from dlq list, or --class')
    const letters = await openDeadLetters(await brokerUrl())
    try {
      const known = await letters.list()
      const chosen = known.filter(({ id, errorClass: failedAs }) => parameters.includes(id) || failedAs === errorClass)
      const missing = parameters.filter((id) => !known.some((letter) => letter.id === id))
      if (missing.length > 0) throw new RefusedError(`there is no dead letter ${missing.join(', ')}: see npm run ashlar -- dlq list`)
      // letters of one stream go in the order they failed in, so that a held key is released in order
      for (const { id, service, consumer, subject } of chosen) {
        if (options['dry-run'] !== true) await letters.retry(id)
        print(`${options['dry-run'] === true ? 'would send' : 'sent'} ${id}   ${subject} → ${service}/${consumer}`)
      }
      if (chosen.length === 0) print('Nothing to send.')
    } finally {
      await letters.close()
    }
  },
}
