import type { Queryable } from '@ashlar/persistence'

/** What was given as a saga's id stands for several sagas. */
export class SagaAmbiguousError extends Error {
  override readonly name = 'SagaAmbiguousError'
  readonly ids: readonly string[]
  constructor(given: string, ids: readonly string[]) {
    super(`${given} stands for more than one saga: ${ids.join(', ')}`)
    this.ids = ids
  }
}

/** Finds a saga by its id or key, or by the beginning of either. Throws `SagaAmbiguousError` when that fits several; an exact fit goes first. */
export async function findSaga(queryable: Queryable, given: string): Promise<string | undefined> {
  const wanted = given.trim().toLowerCase()
  if (wanted === '') return undefined
  const rows = await queryable.query<{ id: string; is_exact: boolean }>(
    `select id::text, id::text = $1 or lower(key) = $1 as is_exact from platform.saga
     where starts_with(id::text, $1) or starts_with(lower(key), $1) order by is_exact desc, id limit 6`,
    [wanted],
  )
  const exact = rows.filter((row) => row.is_exact)
  const [found, another] = exact.length > 0 ? exact : rows
  if (found !== undefined && another !== undefined) {
    throw new SagaAmbiguousError(
      given,
      rows.map((row) => row.id),
    )
  }
  return found?.id
}
