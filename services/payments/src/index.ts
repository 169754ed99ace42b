import { newId, readConfig, type Platform, type ServiceDefinition } from '@ashlar/service'
import { httpCardProvider } from './adapters/http-card-provider.ts'
import { postgresCharges } from './adapters/postgres-charges.ts'
import { PaymentsConfig } from './config.ts'
import { paymentsService } from './service.ts'

export { PaymentsConfig } from './config.ts'

/** Builds payments on a platform; alone in its process, or beside other services in one. */
export function startPayments(_platform: Platform, environment: NodeJS.ProcessEnv): ServiceDefinition {
  const { PAYMENTS_CARD_PROVIDER_URL } = readConfig(PaymentsConfig, environment)
  return paymentsService({ charges: postgresCharges(), provider: httpCardProvider(PAYMENTS_CARD_PROVIDER_URL), ids: { next: newId } })
}
