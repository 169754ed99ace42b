import { service, type ServiceDefinition } from '@ashlar/service'
import { payments } from '@contracts/payments'
import { charge } from './operations/charge.ts'
import { refund } from './operations/refund.ts'
import type { CardProvider, Charges, Ids } from './ports.ts'

const migrations = new URL('../migrations', import.meta.url)

interface Needs {
  readonly charges: Charges
  readonly provider: CardProvider
  readonly ids: Ids
}

/** Payments: who keeps which promise. */
export function paymentsService(needs: Needs): ServiceDefinition {
  return service(payments, { operations: { charge, refund }, migrations, needs })
}
