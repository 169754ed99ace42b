import { DeadLetterNotFoundError } from '@ashlar/messaging'
import { called } from '../command-line.ts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { withDeadLetters } from '../dead-letters.ts'
import { operatorName } from '../operator-name.ts'

/** Shows a dead letter whole, and removes it for good when told to twice: what is printed is all that is left of it. */
export const dlqDrop: Command = {
  words: ['dlq', 'drop'],
  parameters: '<id> --note <text> [--yes]',
  takes: 'one',
  summary: 'print a message whole and, with --yes, remove it for good',
  options: {
    note: { kind: 'string', help: 'why nobody will miss it; printed with the message' },
    yes: { kind: 'boolean', help: 'remove it; without, it is only printed' },
  },
  async run(request) {
    const [id] = request.parameters
    const note = textOption(request, 'note')
    const isMeant = request.options['yes'] === true
    if (id === undefined) throw new UsageError('say which: an id from dlq list')
    if (isMeant && note === undefined) throw new UsageError('say why nobody will miss it: --note')
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
