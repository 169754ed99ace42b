import { createHash } from 'node:crypto'
import type { SagaDefinition } from './definition.ts'
import { slugOf } from './step-key.ts'

/**
 * Gives the fingerprint of a definition: name, version, and the steps in their order with what they send. Sagas carry it,
 * so that a definition changed under a living saga is noticed even when nobody raised its version.
 */
export function shapeOf({ name, version, steps }: SagaDefinition): string {
  const parts = steps.map((step) => [step.kind, slugOf(step.name), step.operation.address, step.undo?.operation.address ?? ''])
  const digest = createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
  return `${name}.v${version}.${digest}`
}
