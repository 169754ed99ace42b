import { randomUUID } from 'node:crypto'
import type { Registry } from '@ashlar/discovery'
import { answerMetrics, openHttpDoor, type Health } from '@ashlar/service'
import { openProcessMetrics, type Logger, type Telemetry } from '@observability/telemetry'

interface Needs {
  readonly host: string
  readonly port: number
  readonly health: Health
  readonly registry: Registry
  readonly telemetry: Telemetry
  readonly logger: Logger
}

/**
 * Opens a second door, which the public does not reach: metrics, and health with all that is wrong. It is announced as `gateway`, so
 * that whoever collects metrics finds it as it finds every service.
 */
export async function openNeighboursDoor({ registry, telemetry, logger, ...place }: Needs): Promise<AsyncDisposable> {
  await using opened = new AsyncDisposableStack()
  const processMetrics = opened.use(openProcessMetrics())
  const answer = answerMetrics(() => [processMetrics.metrics, telemetry.metrics])
  const door = await openHttpDoor({ ...place, logger, answer })
  opened.defer(() => door.close(0))
  const registering = registry.register({
    id: `gateway-${randomUUID().slice(0, 8)}`,
    service: 'gateway',
    host: door.host,
    port: door.port,
    contracts: [],
  })
  // nobody calls the gateway by the registry: it opens all the same
  const registered = registering.catch((err: unknown) => {
    logger.warn({ err }, 'the gateway is not in the registry: its metrics are not collected')
  })
  opened.defer(async () => (await registered)?.deregister())
  return opened.move()
}
