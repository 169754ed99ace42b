import type { Queryable } from '@ashlar/persistence'
import type { BoundEvent } from '@ashlar/contract'
import type { SagaDefinition } from '../definition.ts'
import { SagaVersionUnknownError } from '../saga-errors.ts'
import { SagaRefusedError } from '../saga-refused.ts'
import { shapeOf } from '../shape.ts'
import type { StoredSaga } from '../store/saga-row.ts'

/** Definitions by their shape. */
export type KnownDefinitions = ReadonlyMap<string, SagaDefinition>

/** Gathers the definitions of one service. Throws `SagaRefusedError` when two have one name and version, or one emits another service's events. */
export function knownDefinitions(definitions: readonly SagaDefinition[], service: string): KnownDefinitions {
  const versions = definitions.map(({ name, version }) => `${name} v${version}`)
  for (const [index, definition] of definitions.entries()) {
    const foreign = (definition.emits as readonly BoundEvent[]).filter((event) => event.contract !== service)
    const problems = [
      ...(versions.indexOf(`${definition.name} v${definition.version}`) < index ? [`version ${definition.version} is defined twice`] : []),
      ...foreign.map((event) => `emits ${event.type}: ${service} announces only its own facts`),
    ]
    if (problems.length > 0) throw new SagaRefusedError(definition.name, problems)
  }
  return new Map(definitions.map((definition) => [shapeOf(definition), definition]))
}

/** Gives the very definition a saga was started with. Throws `SagaVersionUnknownError`. */
export function definitionOf({ name, version, shape, saga }: StoredSaga, known: KnownDefinitions): SagaDefinition {
  const definition = known.get(shape)
  if (definition !== undefined) return definition
  throw new SagaVersionUnknownError([{ saga: name, version, count: 1, ids: [saga.id], isChanged: isChanged(known, { name, version }) }])
}

/** Makes sure that every saga on its way has its definition here. Throws `SagaVersionUnknownError`, which names those that do not. */
export async function refuseUnknownSagas(queryable: Queryable, known: KnownDefinitions): Promise<void> {
  const rows = await queryable.query<{ saga: string; version: number; count: number; ids: string[] }>(
    `select name as saga, version, count(*)::integer as count, (array_agg(id::text order by id))[1:5] as ids from platform.saga
     where ended_at is null and shape <> all($1::text[]) group by name, version order by name, version`,
    [[...known.keys()]],
  )
  if (rows.length === 0) return
  throw new SagaVersionUnknownError(rows.map((row) => ({ ...row, isChanged: isChanged(known, { name: row.saga, version: row.version }) })))
}

function isChanged(known: KnownDefinitions, { name, version }: { name: string; version: number }): boolean {
  return [...known.values()].some((definition) => definition.name === name && definition.version === version)
}
