import { openDatabase } from '@ashlar/persistence'
import { createTelemetry } from '@observability/telemetry'
import { startSagaEngine } from '../engine/start-saga-engine.ts'
import { checkoutOf } from './checkout-cases.ts'
import { silent, tellsTable, testIdentity } from './saga-ground.ts'

/** A process of its own, to be killed: its endings write their row and then never return. */
const database = openDatabase({ url: process.env['DOOMED_DATABASE_URL'] ?? '', name: 'doomed' })
startSagaEngine({
  database,
  definitions: [checkoutOf({ timeoutMs: 600_000 })],
  needs: {
    async ended(ending, tx) {
      await tellsTable.ended(ending, tx)
      process.stdout.write('in the middle\n')
      await new Promise(() => undefined)
    },
  } satisfies typeof tellsTable,
  service: 'orders',
  identity: await testIdentity(),
  logger: silent,
  telemetry: createTelemetry('doomed'),
})
