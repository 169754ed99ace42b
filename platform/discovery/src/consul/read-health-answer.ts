import type { Instance } from '../registry.ts'
import { RegistryUnavailableError } from '../registry-errors.ts'
import type { HealthAnswer } from './watch-decision.ts'

/**
 * Reads an answer of `/v1/health/service`. An entry passes when all of its checks do, the node's own included.
 * Throws `RegistryUnavailableError` for anything that is not such an answer (a proxy's page, a missing index).
 */
export function readHealthAnswer(indexHeader: unknown, body: unknown): HealthAnswer {
  const index = typeof indexHeader === 'string' && /^\d+$/.test(indexHeader) ? Number(indexHeader) : undefined
  if (index === undefined || !Array.isArray(body)) throw new RegistryUnavailableError('Consul gave an answer that cannot be read')
  const entries = body.map((entry) => readEntry(entry))
  return {
    index,
    heard: {
      passing: entries.filter(({ isPassing }) => isPassing).map(({ instance }) => instance),
      failing: entries.filter(({ isPassing }) => !isPassing).map(({ instance }) => instance.id),
    },
  }
}

function readEntry(entry: unknown): { instance: Instance; isPassing: boolean } {
  const service = field(entry, 'Service')
  const id = field(service, 'ID')
  const name = field(service, 'Service')
  const port = field(service, 'Port')
  // an entry without an address of its own is reached at its node's
  const host = field(service, 'Address') || field(field(entry, 'Node'), 'Address')
  const contracts = field(field(service, 'Meta'), 'contracts')
  const checks = field(entry, 'Checks')
  if (typeof id !== 'string' || typeof name !== 'string' || typeof port !== 'number' || typeof host !== 'string') {
    throw new RegistryUnavailableError('Consul listed an instance that cannot be read')
  }
  const kept = typeof contracts === 'string' && contracts !== '' ? contracts.split(',') : []
  return {
    instance: { id, service: name, host, port, contracts: kept },
    isPassing: Array.isArray(checks) && checks.every((check) => field(check, 'Status') === 'passing'),
  }
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}
