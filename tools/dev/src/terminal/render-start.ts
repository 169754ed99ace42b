import type { Topology } from '@deploy/local'
import type { RunningSystem } from '../system/running-system.ts'
import type { Step } from '../system/step.ts'
import type { Paint } from './paint.ts'

/** One line of the table that grows while a system starts. */
export function renderStep({ outcome, what, how, where = '', tookMs }: Step, paint: Paint): string {
  const mark = outcome === 'done' ? paint('green', '✓') : paint('yellow', '–')
  if (outcome === 'absent') return `  ${mark} ${what.padEnd(20)} ${how}`
  const took = tookMs === undefined ? '' : `${(tookMs / 1_000).toFixed(1)} s`
  return `  ${mark} ${what.padEnd(20)} ${how.padEnd(23)} ${where.padEnd(22)} ${took.padStart(6)}`
}

/** Where everything is, and what to try first. */
export function renderAddresses({ topology, processes }: RunningSystem, { isWhole }: { isWhole: boolean }): string {
  const services = topology.services.map((name) => [name, processes.get(name)?.url ?? 'not ready'] as const)
  return ['', renderTopology(topology, services), '', renderTry(topology, { isWhole }), ''].join('\n')
}

/** A table of where the parts of a system are; services are given, since they take another port whenever they start again. */
export function renderTopology(topology: Topology, services: readonly (readonly [name: string, address: string])[]): string {
  const isConsul = topology.registryUrl.startsWith('http')
  const rows: readonly (readonly [string, string])[] = [
    ['gateway', topology.gatewayUrl],
    ...services,
    ...(topology.services.includes('payments') ? [['card provider', topology.cardProviderUrl] as const] : []),
    ['PostgreSQL', topology.postgresUrl],
    ['NATS', topology.natsUrl],
    ...(topology.otlpUrl === undefined ? [] : [['OTLP', topology.otlpUrl] as const]),
    isConsul ? ['Consul', `${topology.registryUrl}/ui`] : ['registry', topology.registryUrl],
  ]
  return rows.map(([name, address]) => `    ${name.padEnd(15)} ${address}`).join('\n')
}

// The first thing a newcomer types has to work with what runs.
function renderTry({ gatewayUrl, services }: Topology, { isWhole }: { isWhole: boolean }): string {
  const tries = [
    ...(isWhole ? ['npm run demo        three orders and their stories', 'npm run ashlar -- traces   what went on where'] : []),
    services.includes('catalogue') ? `curl ${gatewayUrl}/v1/products` : `curl ${gatewayUrl}/health/ready`,
    `${gatewayUrl}/docs   what is promised, to browse`,
  ]
  return tries.map((line, place) => `  ${place === 0 ? 'Try' : '   '}   ${line}`).join('\n')
}
