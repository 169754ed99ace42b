import type { Queryable } from '@ashlar/persistence'
import { readHistory } from '../history/read-history.ts'
import type { SagaHistory } from '../history/saga-history.ts'
import { findSaga } from './find-saga.ts'

/** Shows a saga by its id or key, or the beginning of either. Throws `SagaAmbiguousError` when that fits several. */
export async function showSaga(queryable: Queryable, idOrPrefix: string): Promise<SagaHistory | undefined> {
  const id = await findSaga(queryable, idOrPrefix)
  return id === undefined ? undefined : readHistory(queryable, id)
}
