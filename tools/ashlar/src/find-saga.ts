import { SagaAmbiguousError, showSaga, type SagaHistory } from '@ashlar/saga'
import type { Database } from '@ashlar/persistence'
import { called } from './command-line.ts'
import { RefusedError, textOption, UsageError, type Request } from './command.ts'
import { inSagaDatabases } from './in-databases.ts'
import { table } from './terminal/table.ts'

/** A saga and the service that drives it. */
export interface FoundSaga {
  readonly service: string
  readonly saga: SagaHistory
}

/** Finds the one saga a command is about, by the beginning of its id or key. Throws `RefusedError`, which lists them where several are meant. */
export async function findSaga(request: Request): Promise<FoundSaga> {
  const [given] = request.parameters
  if (given === undefined) throw new UsageError('say which: its id, or what it is about (an order’s id)')
  const asked = await inSagaDatabases(textOption(request, 'service'), async (database, service) =>
    (await candidates(database, given)).map((saga) => ({ service, saga })),
  )
  const [found, ...others] = asked.flat()
  if (found === undefined) throw new RefusedError(`there is no saga ${given}: see ${called} saga list`)
  if (others.length > 0) throw new RefusedError(`${given} may be any of these; say more of its id:\n${listOf([found, ...others])}`)
  return found
}

async function candidates(database: Database, given: string): Promise<SagaHistory[]> {
  try {
    return present([await showSaga(database, given)])
  } catch (error) {
    if (!(error instanceof SagaAmbiguousError)) throw error
    return present(await Promise.all(error.ids.map((id) => showSaga(database, id))))
  }
}

const present = (found: readonly (SagaHistory | undefined)[]): SagaHistory[] => found.filter((saga) => saga !== undefined)

function listOf(found: readonly FoundSaga[]): string {
  const rows = found.map(({ service, saga: { id, name, version, key, status } }) => [
    `  ${id}`,
    `${name} v${version}`,
    key,
    status,
    service,
  ])
  return table(rows).join('\n')
}
