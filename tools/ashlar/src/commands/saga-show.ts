import type { SagaHistory, StepHistory } from '@ashlar/saga'
import type { Command } from '../command.ts'
import { findSaga } from '../find-saga.ts'
import { counted } from '../terminal/counted.ts'
import { table } from '../terminal/table.ts'

/** Shows one saga, step by step. */
export const sagaShow: Command = {
  words: ['saga', 'show'],
  parameters: '<id or key>',
  takes: 'one',
  summary: 'one saga, step by step; the beginning of its id is enough',
  options: { service: { kind: 'string', help: 'look only in one service' } },
  async run(request) {
    const { saga } = await findSaga(request)
    for (const line of describe(saga)) request.print(line)
  },
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
    counted(attempts, 'attempt'),
    code === undefined ? '' : `${code}${detail === undefined ? '' : ` ${JSON.stringify(detail)}`}`,
  ]
}
