import { readinessUrl } from '../probe-readiness.ts'
import { readinessThresholds } from '../readiness-gate.ts'
import type { Instance } from '../registry.ts'

/** The agent refuses nothing below, but runs no check more often than this. */
const shortestCheckMs = 1_000

/**
 * Builds what `/v1/agent/service/register` is told: the agent asks the instance itself whether it is ready. `status` is what
 * counts until the first check, here and after a restart of the agent; give `passing` only when a self-test has said so.
 */
export function registrationBody(instance: Instance, status: 'passing' | 'critical', checkIntervalMs: number): object {
  return {
    ID: instance.id,
    Name: instance.service,
    Address: instance.host,
    Port: instance.port,
    Meta: { contracts: instance.contracts.join(','), instance: instance.id, ...metaOf(instance.ports) },
    Check: {
      CheckID: `ready:${instance.id}`,
      Name: 'ready',
      HTTP: readinessUrl(instance),
      Interval: `${Math.max(shortestCheckMs, checkIntervalMs)}ms`,
      Timeout: '1s',
      Status: status,
      SuccessBeforePassing: readinessThresholds.successesToReturn,
      FailuresBeforeCritical: readinessThresholds.failuresToLeave,
      // clears away what died for good; leaving routing is the check's work, in seconds
      DeregisterCriticalServiceAfter: '10m',
    },
  }
}

/** `grpc_port: "50051"`: Consul keeps texts only. */
function metaOf(ports: Instance['ports'] = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [`${name}_port`, String(port)]))
}
