import { DeadLetterNotFoundError } from '@ashlar/messaging'
import { called } from '../command-line.ts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { withDeadLetters } from '../dead-letters.ts'
import { dropClass } from './drop-class.ts'
import { operatorName } from '../operator-name.ts'

/**
 * Shows a dead letter whole, and removes it for good when told to twice: what is printed is all that is left of it. Of a
 * whole class it shows how many there are and the first few.
 */
export const dlqDrop: Command = {
  words: ['dlq', 'drop'],
  parameters: '<id> | --class <error class> [--service <name>], --note <text> [--yes]',
  takes: 'one',
  summary: 'print a message whole, or count those of a class, and, with --yes, remove for good',
  options: {
    class: { kind: 'string', help: 'all messages that failed this way; they are counted, not printed' },
    service: { kind: 'string', help: 'with --class: only those of one service' },
    note: { kind: 'string', help: 'why nobody will miss it; printed with the message' },
    yes: { kind: 'boolean', help: 'remove it; without, it is only printed' },
  },
  async run(request) {
    const [id] = request.parameters
    const note = textOption(request, 'note')
    const isMeant = request.options['yes'] === true
    const errorClass = textOption(request, 'class')
    if ((id === undefined) === (errorClass === undefined)) throw new UsageError('say which: an id from dlq list, or --class')
    if (isMeant && note === undefined) throw new UsageError('say why nobody will miss it: --note')
    if (errorClass !== undefined) return dropClass(request, { errorClass, note: isMeant ? note : undefined })
    if (id === undefined) return
    if (textOption(request, 'service') !== undefined) throw new UsageError('--service goes with --class; an id needs none')
    await withDeadLetters(async (letters) => {
      try {
        const lying = await letters.read(id)
        // printed first: whatever happens then, it is somewhere
        request.print(JSON.stringify({ ...(isMeant ? { droppedAt: new Date().toISOString(), by: operatorName(), note } : {}), ...lying }))
        if (!isMeant) throw new RefusedError(`nothing was removed; to remove it: ${called} dlq drop ${id} --note <why> --yes`)
        await letters.drop(id)
      } catch (cause) {
        if (cause instanceof DeadLetterNotFoundError) throw new RefusedError(`${cause.message}: see ${called} dlq list`, { cause })
        throw cause
      }
    })
  },
}
