import { userInfo } from 'node:os'
import { resumeSaga } from '@ashlar/saga'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { inSagaDatabases } from '../in-databases.ts'

/** Carries on a saga that needs attention. */
export const sagaResume: Command = {
  words: ['saga', 'resume'],
  parameters: '<id or key> [--note <text>]',
  summary: 'carry on a saga that needs attention, once its trouble is mended',
  options: {
    note: { kind: 'string', help: 'what was done about it; kept in the saga’s log' },
    service: { kind: 'string', help: 'look only in one service' },
  },
  async run(request) {
    const [given] = request.parameters
    if (given === undefined) throw new UsageError('say which: its id, or what it is about (an order’s id)')
    const note = textOption(request, 'note')
    const resumption = { by: userInfo().username, ...(note === undefined ? {} : { note }) }
    const asked = await inSagaDatabases(textOption(request, 'service'), (database) => resumeSaga(database, given, resumption))
    const resumed = asked.find(({ outcome }) => outcome !== 'not_found')
    if (resumed === undefined) throw new RefusedError(`there is no saga ${given}: see npm run ashlar -- saga list`)
    if (resumed.outcome === 'not_stuck') throw new RefusedError(`saga ${given} does not need attention: nothing was changed`)
    request.print(`carrying on; see npm run ashlar -- saga show ${given}`)
  },
}
