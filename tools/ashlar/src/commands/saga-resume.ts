import { resumeSaga } from '@ashlar/saga'
import { called } from '../command-line.ts'
import { RefusedError, textOption, type Command } from '../command.ts'
import { findSaga } from '../find-saga.ts'
import { inSagaDatabases } from '../in-databases.ts'
import { operatorName } from '../operator-name.ts'

/** Carries on a saga that needs attention. */
export const sagaResume: Command = {
  words: ['saga', 'resume'],
  parameters: '<id or key> [--note <text>]',
  takes: 'one',
  summary: 'carry on a saga that needs attention, once its trouble is mended',
  options: {
    note: { kind: 'string', help: 'what was done about it; kept in the saga’s log' },
    service: { kind: 'string', help: 'look only in one service' },
  },
  async run(request) {
    const { service, saga } = await findSaga(request)
    const note = textOption(request, 'note')
    const resumption = { by: operatorName(), ...(note === undefined ? {} : { note }) }
    const [resumed] = await inSagaDatabases(service, (database) => resumeSaga(database, saga.id, resumption))
    if (resumed?.outcome !== 'resuming') throw new RefusedError(`saga ${saga.id} does not need attention: nothing was changed`)
    request.print(`carrying on; see ${called} saga show ${saga.id}`)
  },
}
