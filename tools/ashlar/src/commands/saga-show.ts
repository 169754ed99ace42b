import { SagaAmbiguousError, showSaga, type SagaHistory, type StepHistory } from '@ashlar/saga'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { inSagaDatabases } from '../in-databases.ts'
import { table } from '../terminal/table.ts'

/** Shows one saga, step by step. */
export const sagaShow: Command = {
  words: ['saga', 'show'],
  parameters: '<id or key>',
  summary: 'one saga, step by step; the beginning of its id is enough',
  options: { service: { kind: 'string', help: 'look only in one service' } },
  async run(request) {
    const [given] = request.parameters
    if (given === undefined) throw new UsageError('say which: its id, or what it is about (an order’s id)')
    const found = await inSagaDatabases(textOption(request, 'service'), (database) => showSaga(database, given).catch(refuseAmbiguous))
    const [saga] = found.filter((one) => one !== undefined)
    if (saga === undefined) throw new RefusedError(`there is no saga ${given}: see npm run ashlar -- saga list`)
    for (const line of describe(saga)) request.print(line)
  },
}

function refuseAmbiguous(error: unknown): never {
  if (error instanceof SagaAmbiguousError) throw new RefusedError(error.message, { cause: error })
  throw error
}

function describe({ name, version, key, id, status, reason, durationMs, steps }: SagaHistory): string[] {
  const took = durationMs === undefined ? '' : ` after ${durationMs} ms`
  const why = reason === undefined ? '' : ` · ${reason}`
  const traces = [...new Set(steps.map(({ traceId }) => traceId))]
  return [
    `${name} v${version} · ${key} · ${status}${took}${why}`,
    ...table(steps.map(rowOf)).map((line) => `   ${line}`),
    `   saga ${id}`,
    ...traces.map((traceId) => `   trace ${traceId}`),
  ]
}

function rowOf({ step, direction, status, durationMs, attempts, code, detail }: StepHistory): string[] {
  return [
    step,
    direction === 'undo' ? 'undo' : '',
    status,
    durationMs === undefined ? '' : `${durationMs} ms`,
    `${attempts} ${attempts === 1 ? 'attempt' : 'attempts'}`,
    code === undefined ? '' : `${code}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}`,
  ]
}
