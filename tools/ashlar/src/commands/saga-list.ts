import { listSagas, type SagaLine, type SagaStatus } from '@ashlar/saga'
import { textOption, UsageError, type Command, type Request } from '../command.ts'
import { inSagaDatabases } from '../in-databases.ts'
import { ageOf } from '../terminal/age.ts'
import { table } from '../terminal/table.ts'

const statuses: readonly SagaStatus[] = ['running', 'compensating', 'needs_attention', 'completed', 'compensated']

/** Lists sagas, newest first. */
export const sagaList: Command = {
  words: ['saga', 'list'],
  parameters: '[--status <status>] [--service <name>]',
  takes: 'none',
  summary: 'sagas, newest first; those that need attention are marked !',
  options: {
    status: { kind: 'string', help: statuses.join(', ') },
    service: { kind: 'string', help: 'only those of one service' },
  },
  async run(request) {
    const status = statusOf(request)
    const lists = await inSagaDatabases(textOption(request, 'service'), (database) => listSagas(database, { status }))
    const sagas = lists.flat()
    if (sagas.length === 0) request.print(status === undefined ? 'No sagas.' : `No sagas with the status ${status}.`)
    for (const line of table(sagas.map(rowOf))) request.print(line)
  },
}

function statusOf(request: Request): SagaStatus | undefined {
  const given = textOption(request, 'status')
  const known = statuses.find((status) => status === given)
  if (given !== undefined && known === undefined) throw new UsageError(`there is no status ${given}: say ${statuses.join(', ')}`)
  return known
}

function rowOf({ id, name, version, key, status, reason, step, startedAt, durationMs }: SagaLine): string[] {
  return [
    status === 'needs_attention' ? '!' : ' ',
    id,
    `${name} v${version}`,
    key,
    status,
    durationMs === undefined ? `at ${step ?? 'its start'}` : `after ${durationMs} ms`,
    `${ageOf(startedAt)} ago`,
    reason ?? '',
  ]
}
