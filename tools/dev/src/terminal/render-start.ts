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
export function renderAddresses({ topology, servers, processes }: RunningSystem): string {
  const services = topology.services.map((name) => [name, processes.get(name)?.url ?? 'not ready'] as const)
  const rows: (readonly [string, string])[] = [
    ['gateway', topology.gatewayUrl],
    ...services,
    ...(processes.has('card-provider') ? [['card provider', topology.cardProviderUrl] as const] : []),
    ['PostgreSQL', topology.postgresUrl],
    ['NATS', topology.natsUrl],
    servers.consul === undefined ? ['registry', topology.registryUrl] : ['Consul', `${topology.registryUrl}/ui`],
  ]
  const table = rows.map(([name, address]) => `    ${name.padEnd(15)} ${address}`)
  return [
    '',
    ...table,
    '',
    `  Try   npm run demo        three orders and their stories`,
    `        curl ${topology.gatewayUrl}/v1/products`,
    '',
  ].join('\n')
}
